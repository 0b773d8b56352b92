using Luodi.Contracts;
using Luodi.Reporting.Records;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Npgsql;

namespace Luodi.Reporting.Rollups;

/// <summary>The event behind a posting.</summary>
/// <param name="Href">Where it is to be read.</param>
/// <param name="Subject">The record that it is about.</param>
public sealed record PostingEvent(Guid Id, string Type, string Source, long Sequence, string Href, Guid Subject);

/// <param name="DeltaSignings">Agreements, arrivals of capital or projects, by the measure.</param>
/// <param name="CeremonyId">Null, as the agreement is, where the measure is none of agreements; the project where it is none of projects.</param>
/// <param name="FundId">Null where the measure is none of funds.</param>
/// <param name="PartnerKind">Of money between a fund and its partners.</param>
/// <param name="Department">Whose record it is.</param>
public sealed record PostingItem(
    long Position, DateTimeOffset RecordedAt, DateOnly EffectiveOn, string Status, int DeltaSignings, Money DeltaAmount, string Industry, string SizeBand,
    Guid? CeremonyId, Guid? AgreementId, Guid? ProjectId, bool Illustrative, PostingEvent Event, string? Department, string Tier, int DeltaUpgrades, string Measure, string Stage, string MoneyOrigin, string Designation, Guid? FundId, string PartnerKind);

/// <summary>The rows of other departments in one line: with it, the rows that the reader sees add up to the figure. No sum where they are of several tiers, stages or designations, or where money of the family would count twice.</summary>
public sealed record HiddenPostings(long Rows, int? Signings, Money? Amount);

public static class ReadPostingsFeature
{
    private const int Limit = 500;

    // What has no sum is told apart.
    private static readonly Dimension[] AddUp = [Dimensions.ByName["tier"], Dimensions.ByName["stage"], Dimensions.ByName["designation"]];

    public static void MapReadPostings(this IEndpointRouteBuilder api) => api
        .MapGet("postings", async ([AsParameters] PostingFilter filter, Sight sight, Sums sums, Standpoints standpoints, NpgsqlDataSource store, CancellationToken ct, long after = 0, int limit = 50, bool newestFirst = false) =>
        {
            if (ReadTableFeature.OfCohort(filter) is { } malformed) return Problems.Of(malformed);
            (_, filter) = await standpoints.Take(filter, ct);
            var size = Math.Clamp(limit, 1, Limit);
            var (position, total, hidden) = sight.Whole ? await Total(sums, filter, ct) : await Seen(store, filter, sight, ct);
            var conditions = filter.ToSql(at: position);
            var seen = sight.In(conditions, "department", KnownRecord.SharesPosting);
            await using var connection = await store.OpenConnectionAsync(ct);
            conditions.And(seen);
            if (after > 0) conditions.And(newestFirst ? "position < {0}" : "position > {0}", after);
            var items = new List<PostingItem>();
            var order = $"order by position{(newestFirst ? " desc" : "")} limit {size + 1}";
            // Those of some days lie together in the index by days. In the order of positions, which PostgreSQL would prefer, they may come after millions of others.
            var which = filter.Periods() is [(null, null)] ? conditions.Text : $"position in (select position from (select position from reporting.posting where {conditions.Text} offset 0) of_days {order})";
            await using var rows = Command(connection, conditions, $"""
                select position, recorded_at, effective_on, status, delta_count, delta_amount, currency, industry, size_band, ceremony, agreement, project, illustrative, event_id, event_type, source, sequence, department, tier, delta_upgrades, measure, stage, money_origin, designation, subject, fund, partner_kind
                from reporting.posting where {which} {order}
                """);
            await using (var reader = await rows.ExecuteReaderAsync(ct))
            {
                while (await reader.ReadAsync(ct)) items.Add(Item(reader));
            }
            return Results.Ok(new { items = items.Take(size), total, hidden, next = items.Count > size ? items[size - 1].Position : (long?)null, position });
        })
        .WithTags("Rollups")
        .WithSummary("The postings behind a figure, in the order in which they became known, or the newest first; those of other departments are one line, `hidden`; of several tiers, stages or designations, and of funds with what funds of the family paid one another, there is no total")
        .RequireAuthorization(Policies.Read);

    /// <summary>For who sees all of them.</summary>
    private static async Task<(long Position, Figure? Total, HiddenPostings Hidden)> Total(Sums sums, PostingFilter filter, CancellationToken ct)
    {
        var (position, read) = await sums.Read(filter, AddUp, ct);
        var nothing = Figure.Nothing(filter.Currency);
        return read.Count > 1 || ReadTableFeature.CountsTwice(filter) ? (position, null, new(0, null, null)) : (position, read.Count == 1 ? read[0].Figure : nothing, new(0, 0, nothing.Amount));
    }

    /// <summary>For who sees those of one department.</summary>
    private static async Task<(long Position, Figure? Total, HiddenPostings Hidden)> Seen(NpgsqlDataSource store, PostingFilter filter, Sight sight, CancellationToken ct)
    {
        var conditions = filter.ToSql();
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var command = Command(connection, conditions, $"""
            select coalesce({filter.Known(conditions)}, 0), c.* from (select 1) one left join (
              select sum(delta_count)::int, sum(delta_amount), sum(delta_upgrades)::int, count(*) filter (where not seen),
                coalesce(sum(delta_count) filter (where not seen), 0)::int, coalesce(sum(delta_amount) filter (where not seen), 0)
              from (select *, {sight.In(conditions, "department", KnownRecord.SharesPosting)} as seen from reporting.posting where {conditions.Text}) behind group by tier, stage, designation) c on true
            """);
        var (position, rows, sums, nothing) = (0L, 0L, new List<(Figure All, Figure Hidden)>(), Figure.Nothing(filter.Currency));
        Money Amount(decimal value) => new(value, nothing.Amount.Currency);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            position = reader.GetInt64(0);
            if (reader.IsDBNull(1)) continue;
            rows += reader.GetInt64(4);
            sums.Add((new(reader.GetInt32(1), Amount(reader.GetDecimal(2)), reader.GetInt32(3)), new(reader.GetInt32(5), Amount(reader.GetDecimal(6)))));
        }
        // Tiers have no sum, nor have stages; what cancelled out is none.
        sums.RemoveAll(sum => sum.All == nothing && sum.Hidden == nothing);
        return sums.Count > 1 || ReadTableFeature.CountsTwice(filter) ? (position, null, new(rows, null, null))
            : (position, sums.Count == 1 ? sums[0].All : nothing, new(rows, sums.Count == 1 ? sums[0].Hidden.Signings : 0, sums.Count == 1 ? sums[0].Hidden.Amount : nothing.Amount));
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, Conditions conditions, string text)
    {
        var command = new NpgsqlCommand(text, connection);
        conditions.BindTo(command.Parameters);
        return command;
    }

    private static PostingItem Item(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateOnly>(2), row.GetString(3), row.GetInt32(4), new Money(row.GetDecimal(5), row.GetString(6)),
        row.GetString(7), row.GetString(8), Known(row.GetGuid(9)), Known(row.GetGuid(10)), Known(row.GetGuid(11)), row.GetBoolean(12),
        new(row.GetGuid(13), row.GetString(14), row.GetString(15), row.GetInt64(16), $"/api/reporting/events/{row.GetGuid(13)}", row.GetGuid(24)), row.IsDBNull(17) ? null : row.GetString(17), row.GetString(18), row.GetInt32(19),
        row.GetString(20), row.GetString(21), row.GetString(22), row.GetString(23), Known(row.GetGuid(25)), row.GetString(26));

    private static Guid? Known(Guid id) => id == Guid.Empty ? null : id;
}
