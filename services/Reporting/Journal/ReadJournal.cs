using System.Text.Json;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Identity;
using Npgsql;

namespace Luodi.Reporting.Journal;

/// <summary>Events as the journal has them, round by round; within a round in their source's order, in which they were heard.</summary>
/// <param name="Next">After which place the next ones stand; null where there are none.</param>
public sealed record JournalPage(IReadOnlyList<CloudEvent> Events, long? Next);

public static class ReadJournalFeature
{
    // More than the longest round, which is a page of the wire: one that may go on is left for the next question.
    private const int Rows = 1_000;

    public static void MapReadJournal(this IEndpointRouteBuilder api) => api
        .MapGet("journal", async (NpgsqlDataSource store, CancellationToken ct, long after = 0) =>
        {
            // By the place alone: with a condition on the type the database believes in few entries, and reads and sorts all that follow.
            await using var command = store.CreateCommand("select seq_id, data->>'recordedAt', data->>'event' from reporting.mt_events where seq_id > $1 order by seq_id limit $2");
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Rows });
            var (rows, last, read) = (0, (long?)null, new List<(long Place, string Round, CloudEvent Event)>());
            await using var row = await command.ExecuteReaderAsync(ct);
            for (; await row.ReadAsync(ct); rows++)
            {
                last = row.GetInt64(0);
                // A place that was given up holds none.
                if (!row.IsDBNull(2)) read.Add((last.Value, row.GetString(1), JsonSerializer.Deserialize<CloudEvent>(row.GetString(2), WireJson.Options)!));
            }
            var whole = rows < Rows ? read : read.TakeWhile(each => each.Round != read[^1].Round).ToList();
            if (whole.Count == 0) whole = read;
            return Results.Json(new JournalPage([.. whole.GroupBy(each => each.Round).SelectMany(round => round.OrderBy(each => each.Event.Sequence).Select(each => each.Event))], whole.Count > 0 ? whole[^1].Place : rows < Rows ? null : last), WireJson.Options);
        })
        .WithTags("Journal")
        .WithSummary("The journal's events in the order in which they were heard")
        .Produces<JournalPage>()
        .RequireAuthorization(Policies.Administration);
}
