using System.Globalization;
using Luodi.Contracts;
using Luodi.Ledger;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Reporting.Rollups;

/// <summary>Which postings a figure sums: a measure, its dimensions, and the two axes of time.</summary>
/// <param name="SizeBand">One, or several with commas between; so are <paramref name="Stage"/> and all other dimensions.</param>
/// <param name="Month">yyyy-MM, of the effective day.</param>
/// <param name="Position">Only what stood in the ledger up to this position; of an event whose postings go beyond it, nothing.</param>
/// <param name="KnownAt">Only what was known at this instant.</param>
/// <param name="EffectiveBy">Only what holds by this day.</param>
/// <param name="EffectiveFrom">Only what holds from this day on.</param>
/// <param name="Tier">intent, framework, agreement or contract.</param>
/// <param name="Since">Only what came into the ledger after this position.</param>
/// <param name="Measure">One of <see cref="Measures.All"/>; agreed investment where none is named.</param>
/// <param name="MoneyOrigin">Of capital: domestic or foreign.</param>
/// <param name="Cohort">Only of the projects that signed there, whatever else was posted about them: a dimension and its value with a colon between, such as <c>ceremony:ID</c> or <c>year:2023</c>; <c>all</c> for all that signed. With <c>contract.</c> in front only those that signed a contract.</param>
/// <param name="Owner">Whose project it was on the day of the posting. As for the next four: <c>none</c> for those without.</param>
/// <param name="Block">The project's district block.</param>
/// <param name="Origin">The investor's: province, outside-province or foreign.</param>
/// <param name="IndustryCode">GB/T 4754.</param>
/// <param name="Channel">How the bureau came by it.</param>
/// <param name="Quarter">yyyy-Qn.</param>
/// <param name="Chain">The industry chain of the enterprise.</param>
/// <param name="Fund">Which one.</param>
/// <param name="FundKind">One of the kinds of funds; of what is none of funds <c>none</c>.</param>
/// <param name="Vintage">The year of the fund's first closing.</param>
/// <param name="PartnerKind">Of money between funds and their partners: <see cref="Partners.All"/>. Where neither it nor one fund is named, a figure leaves the family's own funds out.</param>
/// <param name="Currency">ISO 4217; yuan where none is named. No figure is of two.</param>
/// <param name="Designation">Of enterprises: registered, listed, or what they are recognised as.</param>
public sealed record PostingFilter(
    Guid? Ceremony = null, Guid? Agreement = null, string? Industry = null, string? SizeBand = null, string? Month = null, string? Status = null,
    long? Position = null, DateTimeOffset? KnownAt = null, DateOnly? EffectiveBy = null, DateOnly? EffectiveFrom = null,
    string? Tier = null, long? Since = null, string? Measure = null, string? Stage = null, string? MoneyOrigin = null, Guid? Project = null, string? Cohort = null,
    string? Department = null, string? Owner = null, string? Block = null, string? Origin = null, string? IndustryCode = null, string? Channel = null, string? Quarter = null, string? Year = null, string? Designation = null, string? Chain = null,
    Guid? Fund = null, string? FundKind = null, string? Vintage = null, string? PartnerKind = null, string? Currency = null)
{
    internal const string Yuan = "CNY";

    /// <summary>In front of a cohort: of those that signed a contract.</summary>
    internal const string ByContract = "contract.";

    /// <summary>The condition in SQL.</summary>
    /// <param name="by">The dimensions of the sums.</param>
    /// <param name="at">The position, where it is known already: it need not be found again for every part of a question.</param>
    internal Conditions ToSql(IReadOnlyList<Dimension>? by = null, long? at = null)
    {
        var conditions = new Conditions();
        var position = at is { } found ? conditions.Parameter(found) : Known(conditions);
        conditions
            .And("measure = {0}", Measure ?? Measures.AgreedInvestment)
            .And("ceremony = {0}", Ceremony)
            .And("project = {0}", Project)
            .And("fund = {0}", Fund)
            .And("currency = {0}", Currency ?? Yuan)
            .And("agreement = {0}", Agreement)
            .And("status = {0}", Status)
            .And($"position <= {position}")
            .And("position > {0}", Since);
        // Where no trait is told of, what only arranges anew cancels out.
        if (!NamesTraits && by?.Any(dimension => Traits.All.Contains(dimension.Name)) is not true) conditions.And("not arranges");
        var periods = Periods();
        if (periods is null) conditions.And("effective_on >= {0}", EffectiveFrom).And("effective_on <= {0}", EffectiveBy);
        else if (periods is not [(null, null)]) conditions.And($"({string.Join(" or ", periods.Select(period => Between(period, conditions)))})");
        foreach (var dimension in Dimensions.All.Where(dimension => !dimension.IsRecord && !(dimension.IsPeriod && periods is not null))) conditions.And($"{dimension.Sql} = any({{0}})", dimension.Of(this)?.Split(','));
        if (Cohort is not null)
        {
            var (tier, group) = CohortOf(Cohort);
            var which = group.Split(':', 2) is [var name, var value] && Dimensions.ByName.TryGetValue(name, out var cohort) ? $" and {cohort.Sql} = {conditions.Parameter(value)}" : "";
            conditions.And($"""
                project in (select posting.project from reporting.posting
                  where measure = '{Measures.AgreedInvestment}' and status = '{PostingStatus.Confirmed}' and tier = '{tier}' and position <= {position}{which}{(EffectiveBy is { } day ? $" and effective_on <= {conditions.Parameter(day)}" : "")}
                  group by posting.project having sum(delta_count) > 0)
                """);
        }
        return conditions;
    }

    private bool NamesTraits => (Owner ?? Block ?? Origin ?? IndustryCode ?? Channel ?? Chain ?? Vintage) is not null;

    /// <summary>Which paper makes a project one of the cohort, and where it was signed.</summary>
    internal static (string Tier, string Group) CohortOf(string cohort) =>
        cohort.StartsWith(ByContract, StringComparison.Ordinal) ? (Tiers.Contract, cohort[ByContract.Length..]) : (Tiers.Official, cohort);

    /// <summary>The days that are asked for, in periods that do not meet: an index knows days and no months. Null where they are named in two ways, or in none that is known.</summary>
    internal IReadOnlyList<(DateOnly? From, DateOnly? To)>? Periods()
    {
        string[] named = [.. new[] { Month, Quarter, Year }.OfType<string>()];
        if (named.Length == 0) return [(EffectiveFrom, EffectiveBy)];
        var periods = named.Length > 1 ? [] : named[0].Split(',').Distinct(StringComparer.Ordinal).Select(PeriodOf).ToList();
        return periods.Count == 0 || periods.Contains(null) ? null : [.. periods.Select(period => ((DateOnly?)Later(period!.Value.From, EffectiveFrom), (DateOnly?)Earlier(period.Value.To, EffectiveBy)))];

        static DateOnly Later(DateOnly day, DateOnly? other) => other > day ? other.Value : day;
        static DateOnly Earlier(DateOnly day, DateOnly? other) => other < day ? other.Value : day;
    }

    private static (DateOnly From, DateOnly To)? PeriodOf(string name)
    {
        var quarter = name is [_, _, _, _, '-', 'Q', >= '1' and <= '4'] ? name[6] - '0' : 0;
        var (text, months) = quarter > 0 ? ($"{name[..4]}-{(quarter * 3) - 2:00}-01", 3) : name.Length == 4 ? ($"{name}-01-01", 12) : ($"{name}-01", 1);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from) && from.Year < 9999 ? (from, from.AddMonths(months).AddDays(-1)) : null;
    }

    private static string Between((DateOnly? From, DateOnly? To) period, Conditions conditions) => string.Join(" and ", new[]
    {
        period.From is { } from ? $"effective_on >= {conditions.Parameter(from)}" : null,
        period.To is { } to ? $"effective_on <= {conditions.Parameter(to)}" : null,
    }.OfType<string>());

    /// <summary>The last position that counts, in SQL.</summary>
    internal string Known(Conditions conditions)
    {
        const string head = "(select position from reporting.ledger_head)";
        var known = KnownAt is { } instant
            ? $"coalesce((select max(k.position) from reporting.posting k where k.recorded_at <= {conditions.Parameter(instant.UtcDateTime)}), 0)"
            : head;
        if (Position is not { } position) return known;
        // Never in the middle of an event: what it takes away and what it adds belong together.
        var asked = conditions.Parameter(position);
        return $"""
            least({known}, coalesce((select min(c.position) - 1 from reporting.posting a
              join reporting.posting b on b.position = a.position + 1 and b.source = a.source and b.sequence = a.sequence
              join reporting.posting c on c.source = a.source and c.sequence = a.sequence where a.position = {asked}), {asked}))
            """;
    }

    /// <summary>The link to the postings behind a figure.</summary>
    public string Link()
    {
        var query = new QueryString();
        void Add(string name, string? value) => query = value is null ? query : query.Add(name, value);
        Add("measure", Measure is Measures.AgreedInvestment ? null : Measure);
        Add("ceremony", Ceremony?.ToString());
        Add("agreement", Agreement?.ToString());
        Add("cohort", Cohort);
        Add("status", Status);
        foreach (var dimension in Dimensions.All.Where(dimension => dimension.Name != "ceremony")) Add(dimension.Name, dimension.Of(this));
        Add("currency", Currency);
        Add("since", Since?.ToString(CultureInfo.InvariantCulture));
        Add("position", Position?.ToString(CultureInfo.InvariantCulture));
        Add("knownAt", KnownAt?.UtcDateTime.ToString("O"));
        Add("effectiveFrom", EffectiveFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("effectiveBy", EffectiveBy?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return $"/api/reporting/postings{query}";
    }
}
