using Luodi.Contracts;
using Luodi.Reporting.Records;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Npgsql;

namespace Luodi.Reporting.Rollups;

/// <summary>The event behind a posting.</summary>
/// <param name="Href">Where it is to be read.</param>
public sealed record PostingEvent(Guid Id, string Type, string Source, long Sequence, string Href);

/// <param name="DeltaSignings">Agreements, arrivals of capital or projects, by the measure.</param>
/// <param name="CeremonyId">Null, as the agreement is, where the measure is none of agreements.</param>
/// <param name="Department">Whose record it is.</param>
public sealed record PostingItem(
    long Position, DateTimeOffset RecordedAt, DateOnly EffectiveOn, string Status, int DeltaSignings, Money DeltaAmount, string Industry, string SizeBand,
    Guid? CeremonyId, Guid? AgreementId, Guid ProjectId, bool Illustrative, PostingEvent Event, string? Department, string Tier, int DeltaUpgrades, string Measure, string Stage, string MoneyOrigin);

/// <summary>The rows of other departments in one line: with it, the rows that the reader sees add up to the figure. No sum where they are of several tiers or stages.</summary>
public sealed record HiddenPostings(long Rows, int? Signings, Money? Amount);

public static class ReadPostingsFeature
{
    private const int Limit = 500;

    public static void MapReadPostings(this IEndpointRouteBuilder api) => api
        .MapGet("postings", async ([AsParameters] PostingFilter filter, Sight sight, NpgsqlDataSource store, CancellationToken ct, long after = 0, int limit = 50, bool newestFirst = false) =>
        {
            if (ReadTableFeature.OfCohort(filter) is { } malformed) return Problems.Of(malformed);
            var size = Math.Clamp(limit, 1, Limit);
            var conditions = filter.ToSql();
            var seen = sight.In(conditions, "department", KnownRecord.SharesPosting);
            await using var connection = await store.OpenConnectionAsync(ct);
            // One snapshot for the rows and their total, so that both agree while others write.
            await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            await using var sum = Command(connection, conditions, $"""
                select coalesce(sum(delta_count), 0)::int, coalesce(sum(delta_amount), 0), coalesce(sum(delta_upgrades), 0)::int,
                       count(*) filter (where not seen), coalesce(sum(delta_count) filter (where not seen), 0)::int, coalesce(sum(delta_amount) filter (where not seen), 0),
                       count(distinct tier) > 1 or count(distinct stage) > 1
                from (select delta_count, delta_amount, delta_upgrades, tier, stage, {seen} as seen from reporting.posting where {conditions.Text}) behind
                """);
            Figure? total;
            HiddenPostings hidden;
            await using (var reader = await sum.ExecuteReaderAsync(ct))
            {
                await reader.ReadAsync(ct);
                // Tiers have no sum, nor have stages.
                (total, hidden) = reader.GetBoolean(6)
                    ? (null, new(reader.GetInt64(3), null, null))
                    : (new Figure(reader.GetInt32(0), Money.Yuan(reader.GetDecimal(1)), reader.GetInt32(2)), new HiddenPostings(reader.GetInt64(3), reader.GetInt32(4), Money.Yuan(reader.GetDecimal(5))));
            }
            conditions.And(seen);
            if (after > 0) conditions.And(newestFirst ? "position < {0}" : "position > {0}", after);
            var items = new List<PostingItem>();
            await using var rows = Command(connection, conditions, $"""
                select position, recorded_at, effective_on, status, delta_count, delta_amount, currency, industry, size_band, ceremony, agreement, project, illustrative, event_id, event_type, source, sequence, department, tier, delta_upgrades, measure, stage, money_origin
                from reporting.posting where {conditions.Text} order by position{(newestFirst ? " desc" : "")} limit {size + 1}
                """);
            await using (var reader = await rows.ExecuteReaderAsync(ct))
            {
                while (await reader.ReadAsync(ct)) items.Add(Item(reader));
            }
            return Results.Ok(new { items = items.Take(size), total, hidden, next = items.Count > size ? items[size - 1].Position : (long?)null });
        })
        .WithTags("Rollups")
        .WithSummary("The postings behind a figure, in the order in which they became known, or the newest first; those of other departments are one line, `hidden`; of several tiers or stages there is no total")
        .RequireAuthorization(Policies.Read);

    private static NpgsqlCommand Command(NpgsqlConnection connection, Conditions conditions, string text)
    {
        var command = new NpgsqlCommand(text, connection);
        conditions.BindTo(command.Parameters);
        return command;
    }

    private static PostingItem Item(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateOnly>(2), row.GetString(3), row.GetInt32(4), new Money(row.GetDecimal(5), row.GetString(6)),
        row.GetString(7), row.GetString(8), Known(row.GetGuid(9)), Known(row.GetGuid(10)), row.GetGuid(11), row.GetBoolean(12),
        new(row.GetGuid(13), row.GetString(14), row.GetString(15), row.GetInt64(16), $"/api/reporting/events/{row.GetGuid(13)}"), row.IsDBNull(17) ? null : row.GetString(17), row.GetString(18), row.GetInt32(19),
        row.GetString(20), row.GetString(21), row.GetString(22));

    private static Guid? Known(Guid id) => id == Guid.Empty ? null : id;
}
