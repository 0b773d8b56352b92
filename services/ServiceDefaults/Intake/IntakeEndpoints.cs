using System.Text.Json;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Luodi.ServiceDefaults.Intake;

internal static class IntakeEndpoints
{
    /// <summary>How far this service has heard the others, and what it has set aside, to be repeated once the cause is mended.</summary>
    public static void MapIntake(this IEndpointRouteBuilder api)
    {
        api.MapGet("intake", async (ServiceIdentity service, NpgsqlDataSource store, IntakeState state, CancellationToken ct) =>
        {
            var heads = new List<object>();
            await using (var command = store.CreateCommand($"select source, sequence from {service.Schema}.intake_head order by source"))
            await using (var reader = await command.ExecuteReaderAsync(ct))
            {
                while (await reader.ReadAsync(ct))
                {
                    var source = reader.GetString(0);
                    heads.Add(new { source, sequence = reader.GetInt64(1), problem = state.Standings.FirstOrDefault(standing => standing.Source == source)?.Problem });
                }
            }
            var setAside = new List<object>();
            await using (var command = store.CreateCommand($"select source, sequence, event, problem, since from {service.Schema}.set_aside order by since limit 200"))
            await using (var reader = await command.ExecuteReaderAsync(ct))
            {
                while (await reader.ReadAsync(ct))
                {
                    setAside.Add(new { source = reader.GetString(0), sequence = reader.GetInt64(1), @event = JsonElement.Parse(reader.GetString(2)), problem = reader.GetString(3), since = reader.GetFieldValue<DateTimeOffset>(4) });
                }
            }
            return Results.Json(new { heads, setAside, feedInstead = state.FeedInstead });
        })
        .WithSummary("How far other services were heard, and what was set aside")
        .RequireAuthorization(Policies.Feed);

        api.MapPost("intake/repeat", async (RepeatSetAside command, IEventIntake intake, CancellationToken ct) =>
            Check.All(Fields.Text(command.Source, "source"), Fields.Present(command.Sequence, "sequence")) is { Count: > 0 } wrong ? Problems.Of(wrong)
            : await intake.Repeat(command.Source!, command.Sequence!.Value, ct) ? Results.NoContent()
            : Problems.Of(new NotFound()))
        .WithSummary("Hears an event again that was set aside")
        .RequireAuthorization(Policies.Manage);
    }

    private sealed record RepeatSetAside(string? Source, long? Sequence);
}
