using Luodi.Audit.Watching;
using Luodi.Audit.Witnesses;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Intake;
using Marten;

namespace Luodi.Audit.Log;

/// <summary>How the log stands.</summary>
/// <param name="Size">In entries.</param>
/// <param name="Signed">Entries under the newest checkpoint.</param>
/// <param name="Problem">Why nothing is signed; null while all is well.</param>
public sealed record LogStanding(string Origin, long Size, long Signed, DateTimeOffset? SignedAt, int Cosigned, IReadOnlyList<string> Keys, IReadOnlyList<SourceStanding> Sources, IReadOnlyList<WitnessStanding> Witnesses, string? Problem);

/// <param name="Problem">Why it does not cosign; null while it does.</param>
public sealed record WitnessStanding(string Name, string Key, string? Problem);

/// <param name="Sequence">Up to here the source stands in the log.</param>
/// <param name="SilentSince">Since when nothing can be heard of it, or its relay stands still; null while it is heard.</param>
public sealed record SourceStanding(string Source, long Sequence, DateTimeOffset? SilentSince, string? Problem);

/// <param name="Note">As it was signed, with what witnesses added.</param>
public sealed record CheckpointRow(long Size, DateTimeOffset SignedAt, int Cosigned, string Note);

public static class ReadLogFeature
{
    public static void MapReadLog(this IEndpointRouteBuilder api)
    {
        api.MapGet("standing", async (LogReader reader, LogKeys keys, CheckpointWriter writer, WitnessRounds witnesses, IntakeState intake, IQuerySession session, Npgsql.NpgsqlDataSource store, CancellationToken ct) =>
        {
            var newest = await reader.Newest(ct);
            var log = await session.LoadAsync<AuditLog>(AuditLog.Only, ct);
            var sources = new List<SourceStanding>();
            await using var command = store.CreateCommand("select source, sequence from audit.intake_head order by source");
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                var source = row.GetString(0);
                sources.Add(new(source, row.GetInt64(1), log?.Silent.FirstOrDefault(silent => silent.Source == source)?.Since, intake.Standings.FirstOrDefault(standing => standing.Source == source)?.Problem));
            }
            return new LogStanding(keys.Origin, await reader.Size(ct), newest?.Size ?? 0, newest?.SignedAt, newest?.Cosigned ?? 0, [.. keys.Signing().Select(key => key.Verifier.ToString())], sources, [.. witnesses.Witnesses.Select(witness => new WitnessStanding(witness.Key.Name, witness.Key.ToString(), witnesses.Problems.GetValueOrDefault(witness.Key.Name)))], writer.Problem);
        })
        .WithTags("Log")
        .WithSummary("How far each source stands in the log, what is signed, and what is wrong")
        .RequireAuthorization(Policies.Feed);

        api.MapGet("checkpoints", async (LogReader reader, CancellationToken ct, int days = 31, long? size = null) =>
            (size is not { } exactly ? await reader.Daily(Math.Clamp(days, 1, 366), ct) : await reader.Checkpoint(exactly, ct) is { } checkpoint ? [checkpoint] : []).Select(Row))
        .WithTags("Log")
        .WithSummary("The last checkpoint of each day, the newest first; or the one of exactly this size")
        .Produces<IReadOnlyList<CheckpointRow>>()
        .RequireAuthorization(Policies.Feed);
    }

    private static CheckpointRow Row(SignedCheckpoint checkpoint) => new(checkpoint.Size, checkpoint.SignedAt, checkpoint.Cosigned, checkpoint.Note);
}
