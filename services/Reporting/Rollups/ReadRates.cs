using System.Globalization;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Ledger;
using Luodi.Reporting.Definitions;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;
using Npgsql;

namespace Luodi.Reporting.Rollups;

/// <summary>A number of projects, or yuan, and where the postings behind it are.</summary>
public sealed record Quantity(string Name, decimal Value, string Postings);

/// <param name="Percent">Null where there is nothing to divide by: undefined, not 0.</param>
/// <param name="Score">功效系数 among the rows; null for one row alone.</param>
public sealed record Rate(string Name, decimal? Percent, Quantity Numerator, Quantity Denominator, decimal? Score);

/// <summary>The rates of one cohort.</summary>
/// <param name="Name">Of a ceremony; null where the key is a word.</param>
/// <param name="MeasuredOn">Of a ceremony measured from its closing: what is effective by this day.</param>
public sealed record RateRow(string Key, string? Name, IReadOnlyList<Rate> Rates, DateOnly? MeasuredOn = null);

/// <summary>Rates of cohorts side by side; they are never averaged or mixed.</summary>
/// <param name="Definitions">By which they were computed: of each the version known at the position and in force on the day.</param>
/// <param name="On">That day; <c>on</c> asks for another one.</param>
public sealed record RateTable(string By, IReadOnlyList<KnownRate> Definitions, IReadOnlyList<RateRow> Rows, DateOnly On, long Position);

public static class ReadRatesFeature
{
    /// <summary>The one cohort of all projects that signed.</summary>
    public const string Everything = "all";

    public sealed record MonthsUnusable() : Refusal("Ceremonies are measured 1 to 120 months after their closing; no other cohorts are.", "months");

    public sealed record CohortsUnknown(string Known) : Refusal("Cohorts are made by one of: {Known}.", "by");

    /// <summary>Dimensions of a signing by which cohorts are made: each project is in the cohorts where it signed.</summary>
    internal static readonly string[] Cohorts = [Everything, "ceremony", "year", "quarter", "month", "industry", "sizeBand", "department", Traits.Owner, Traits.Block, Traits.Origin, Traits.Channel, Traits.Chain];

    /// <summary>All that is confirmed, as known now.</summary>
    internal static readonly PostingFilter Newest = new(Status: PostingStatus.Confirmed);

    // What a signing has and a lead has not.
    internal static readonly string[] OfSignings = ["ceremony", "year", "quarter", "month", "sizeBand"];

    public static void MapReadRates(this IEndpointRouteBuilder api)
    {
        api.MapGet("rates", async (
            IQuerySession session, NpgsqlDataSource store, RateSums rates, Standpoints standpoints, CancellationToken ct, string by = "ceremony", long? position = null, DateTimeOffset? knownAt = null, DateOnly? effectiveBy = null, DateOnly? on = null, int? months = null) =>
        {
            if (!Cohorts.Contains(by)) return Problems.Of(new CohortsUnknown(string.Join(", ", Cohorts)));
            if (months is not null && (by is not "ceremony" || months is < 1 or > 120)) return Problems.Of(new MonthsUnusable());
            var asked = Newest with { Position = position, KnownAt = knownAt, EffectiveBy = effectiveBy };
            var (at, filter) = await standpoints.Take(asked, on, ct);
            var days = months is { } after ? await MeasuredOn(store, filter, after, at.Day, ct) : null;
            // Asked of now, the newest sums are kept: they may be of a later place than the one that was just found.
            var (place, sums) = await rates.Read(days is null ? asked : filter, by, days, ct);
            filter = filter with { Position = place };
            var book = await session.Query<RateBook>().FirstOrDefaultAsync(ct) ?? RateBook.Usual;
            var table = Of(by, filter, Told(by, book.InForce(place, at.Day)), sums, at.Day, place, days);
            if (by is not "ceremony") return Results.Ok(table);
            var names = await ReadTableFeature.NamesOf(by, table.Rows.Select(row => row.Key), session, ct);
            return Results.Ok(table with { Rows = [.. table.Rows.Select(row => row with { Name = names.GetValueOrDefault(row.Key) })] });
        })
        .WithTags("Rollups")
        .WithSummary("The rates of cohorts (the projects that signed at a ceremony, in a year, of an industry) by the definitions in force; of ceremonies also as they were `months` after each one's closing")
        .Produces<RateTable>()
        .RequireAuthorization(Policies.Figures);

        api.MapGet("definitions", async (IQuerySession session, Standpoints standpoints, CancellationToken ct, long? position = null, DateTimeOffset? knownAt = null, DateOnly? effectiveBy = null) =>
        {
            var (at, _) = await standpoints.Take(new(Position: position, KnownAt: knownAt), ct);
            var book = await session.Query<RateBook>().FirstOrDefaultAsync(ct) ?? RateBook.Usual;
            return new
            {
                Rates = book.Rates.Where(rate => rate.KnownFrom <= at.Position && (effectiveBy is null || rate.EffectiveFrom <= effectiveBy)),
                Targets = book.Targets.Where(target => target.KnownFrom <= at.Position && (effectiveBy is null || target.Year <= effectiveBy.Value.Year)),
                MeasuresOfFunds.Measures,
                at.Position,
            };
        })
            .WithTags("Rollups")
            .WithSummary("Every version of every rate's definition, and the targets, in the order in which they became known, as known at any time and in force by a day; and what the sums over funds mean")
            .RequireAuthorization(Policies.Figures);
    }

    /// <summary>The rates that are told of such cohorts: leads have no signing to be dated by.</summary>
    internal static IReadOnlyList<KnownRate> Told(string by, IReadOnlyList<KnownRate> definitions) =>
        [.. definitions.Where(definition => !OfSignings.Contains(by) || !OfLeads(definition.Numerator) && !OfLeads(definition.Denominator))];

    private static bool OfLeads(string quantity) => quantity is Quantities.Leads or Quantities.Negotiated;

    /// <summary>For each ceremony the day so many months after its last closing that was known, where that day has come.</summary>
    private static async Task<IReadOnlyDictionary<string, DateOnly>> MeasuredOn(NpgsqlDataSource store, PostingFilter filter, int months, DateOnly today, CancellationToken ct)
    {
        var conditions = new ServiceDefaults.Lists.Conditions();
        await using var command = store.CreateCommand($"""
            select id::text, day from (
              select d.id, ((select (s->>'closedOn')::date from jsonb_array_elements(d.data->'seals') s where (s->>'position')::bigint < {filter.Known(conditions)} order by (s->>'position')::bigint desc limit 1)
                + make_interval(months => {conditions.Parameter(months)}))::date as day
              from reporting.mt_doc_ceremonysheet d) measured where day <= {conditions.Parameter(today < filter.EffectiveBy ? today : filter.EffectiveBy ?? today)}
            """);
        conditions.BindTo(command.Parameters);
        var days = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) days[reader.GetString(0)] = reader.GetFieldValue<DateOnly>(1);
        return days;
    }

    public static RateTable Of(string by, PostingFilter all, IReadOnlyList<KnownRate> definitions, ILookup<string, (string Quantity, decimal Value)> sums, DateOnly on, long position, IReadOnlyDictionary<string, DateOnly>? days = null)
    {
        var keys = sums.Select(sum => sum.Key).ToList();
        var ordered = by is not Everything && Dimensions.ByName[by] is { } dimension
            ? dimension switch
            {
                { Order: { } order } => order.Where(keys.Contains).Concat(keys.Except(order).Order(StringComparer.Ordinal)),
                { IsPeriod: true } => keys.OrderDescending(StringComparer.Ordinal),
                _ => keys.Order(StringComparer.Ordinal),
            }
            : keys;
        var rows = ordered.Select(key => new RateRow(key, null,
        [
            .. definitions.Select(definition =>
            {
                var (numerator, denominator) = (Of(key, definition.Numerator), Of(key, definition.Denominator));
                return new Rate(definition.Rate, definition.Of(numerator.Value, denominator.Value), numerator, denominator, null);
            }),
        ], days?.GetValueOrDefault(key))).ToList();
        var scores = definitions.Select((definition, place) => rows.Count < 2 ? null : Scores.Of([.. rows.Select(row => row.Rates[place].Percent)], definition.ScoreOfEqual)).ToList();
        return new(by, definitions, [.. rows.Select((row, at) => row with { Rates = [.. row.Rates.Select((rate, place) => rate with { Score = scores[place]?[at] })] })], on, position);

        Quantity Of(string key, string quantity)
        {
            var filter = days is null ? all : all with { EffectiveBy = days[key] };
            decimal Sum(params string[] of) => sums[key].Where(sum => of.Contains(sum.Quantity)).Sum(sum => sum.Value);
            var narrowed = by is Everything ? filter : Dimensions.ByName[by].With(filter, key);
            var cohort = filter with { Cohort = by is Everything ? Everything : string.Create(CultureInfo.InvariantCulture, $"{by}:{key}") };
            return quantity switch
            {
                Quantities.Leads or Quantities.Negotiated => new(quantity, Sum(RateSums.Known + quantity), (narrowed with { Measure = Measures.StagesReached, Stage = quantity is Quantities.Leads ? Stages.Lead : Stages.Negotiating }).Link()),
                Quantities.Agreed => new(quantity, Sum(quantity), (narrowed with { Tier = Tiers.Official }).Link()),
                Quantities.Contracted => new(quantity, Sum(quantity), (narrowed with { Tier = Tiers.Contract }).Link()),
                Quantities.Capital => new(quantity, Sum(MoneyOrigins.Domestic, MoneyOrigins.Foreign), (cohort with { Measure = Measures.CapitalInPlace }).Link()),
                Quantities.ContractCapital => new(quantity, Sum(quantity), (cohort with { Measure = Measures.CapitalInPlace, Cohort = $"{PostingFilter.ByContract}{cohort.Cohort}" }).Link()),
                Quantities.DomesticCapital => new(quantity, Sum(MoneyOrigins.Domestic), (cohort with { Measure = Measures.CapitalInPlace, MoneyOrigin = MoneyOrigins.Domestic }).Link()),
                Quantities.ForeignCapital => new(quantity, Sum(MoneyOrigins.Foreign), (cohort with { Measure = Measures.CapitalInPlace, MoneyOrigin = MoneyOrigins.Foreign }).Link()),
                _ => new(quantity, Sum(quantity), (cohort with { Measure = Measures.StagesReached, Stage = quantity }).Link()),
            };
        }
    }
}
