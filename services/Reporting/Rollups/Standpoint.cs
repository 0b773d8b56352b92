using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Lists;
using Npgsql;

namespace Luodi.Reporting.Rollups;

/// <summary>Where in the ledger a question is answered. All of an answer is of this place, its links too: asked with it again, the question has the same answer, byte for byte.</summary>
/// <param name="Position">The last posting that counts; never in the middle of an event.</param>
/// <param name="RecordedAt">When that one became known.</param>
/// <param name="Day">The bureau's day of which months, definitions and what expires are told, where the question names none: today, or of an older place the day on which it was reached.</param>
public sealed record Standpoint(long Position, DateTimeOffset RecordedAt, DateOnly Day);

/// <summary>Finds the place of a question before it is answered.</summary>
public sealed class Standpoints(NpgsqlDataSource store, TimeProvider clock)
{
    /// <param name="on">The day, where the question names one.</param>
    /// <returns>The place, and the filter with it.</returns>
    public async Task<(Standpoint At, PostingFilter Filter)> Take(PostingFilter filter, DateOnly? on, CancellationToken ct)
    {
        var conditions = new Conditions();
        await using var command = store.CreateCommand($"""
            select known, (select recorded_at from reporting.posting where position = known) from (select greatest(coalesce({filter.Known(conditions)}, 0), 0) as known) place
            """);
        conditions.BindTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (position, recordedAt) = (reader.GetInt64(0), reader.IsDBNull(1) ? DateTimeOffset.UnixEpoch : reader.GetFieldValue<DateTimeOffset>(1));
        var day = on ?? filter.EffectiveBy ?? (filter is { Position: null, KnownAt: null } ? clock.Today() : Recording.DayOf(recordedAt));
        return (new(position, recordedAt, day), filter with { Position = position, KnownAt = null });
    }

    public Task<(Standpoint At, PostingFilter Filter)> Take(PostingFilter filter, CancellationToken ct) => Take(filter, null, ct);
}
