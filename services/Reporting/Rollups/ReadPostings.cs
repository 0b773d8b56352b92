using Luodi.Contracts;
using Luodi.ServiceDefaults.Identity;
using Npgsql;

namespace Luodi.Reporting.Rollups;

/// <summary>The event behind a posting.</summary>
/// <param name="Href">Where it is to be read.</param>
public sealed record PostingEvent(Guid Id, string Type, string Source, long Sequence, string Href);

public sealed record PostingItem(
    long Position, DateTimeOffset RecordedAt, DateOnly EffectiveOn, string Status, int DeltaSignings, Money DeltaAmount, string Industry, string SizeBand,
    Guid CeremonyId, Guid AgreementId, Guid ProjectId, bool Illustrative, PostingEvent Event);

public static class ReadPostingsFeature
{
    private const int Limit = 500;

    public static void MapReadPostings(this IEndpointRouteBuilder api) => api
        .MapGet("postings", async ([AsParameters] PostingFilter filter, NpgsqlDataSource store, CancellationToken ct, long after = 0, int limit = 50) =>
        {
            var size = Math.Clamp(limit, 1, Limit);
            var (condition, parameters) = filter.ToSql();
            var items = new List<PostingItem>();
            var total = Figure.Zero;
            await using var connection = await store.OpenConnectionAsync(ct);
            // One snapshot for the rows and their total, so that both agree while others write.
            await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            await using (var sum = new NpgsqlCommand($"select coalesce(sum(delta_count), 0)::int, coalesce(sum(delta_amount), 0) from reporting.posting where {condition}", connection))
            {
                foreach (var parameter in parameters) sum.Parameters.Add(parameter.Clone());
                await using var reader = await sum.ExecuteReaderAsync(ct);
                await reader.ReadAsync(ct);
                total = new Figure(reader.GetInt32(0), Money.Yuan(reader.GetDecimal(1)));
            }
            await using (var rows = new NpgsqlCommand($"""
                select position, recorded_at, effective_on, status, delta_count, delta_amount, currency, industry, size_band, ceremony, agreement, project, illustrative, event_id, event_type, source, sequence
                from reporting.posting where {condition} and position > ${parameters.Count + 1} order by position limit ${parameters.Count + 2}
                """, connection))
            {
                foreach (var parameter in (IEnumerable<NpgsqlParameter>)[.. parameters, new() { Value = after }, new() { Value = size + 1 }]) rows.Parameters.Add(parameter.Clone());
                await using var reader = await rows.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct)) items.Add(Item(reader));
            }
            return new { items = items.Take(size), total, next = items.Count > size ? items[size - 1].Position : (long?)null };
        })
        .WithTags("Rollups")
        .WithSummary("The postings behind a figure, in the order in which they became known")
        .RequireAuthorization(Policies.Read);

    private static PostingItem Item(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateOnly>(2), row.GetString(3), row.GetInt32(4), new Money(row.GetDecimal(5), row.GetString(6)),
        row.GetString(7), row.GetString(8), row.GetGuid(9), row.GetGuid(10), row.GetGuid(11), row.GetBoolean(12),
        new(row.GetGuid(13), row.GetString(14), row.GetString(15), row.GetInt64(16), $"/api/reporting/events/{row.GetGuid(13)}"));
}
