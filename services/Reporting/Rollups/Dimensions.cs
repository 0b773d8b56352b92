using System.Globalization;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Reporting.Ledger;

namespace Luodi.Reporting.Rollups;

/// <summary>One way to arrange postings.</summary>
/// <param name="Name">As the address of a figure has it.</param>
/// <param name="Sql">The value for a posting, as known at a position (the expression given).</param>
/// <param name="Of">The filter's condition on it.</param>
/// <param name="With">The filter narrowed to one value.</param>
/// <param name="Order">The values in the order of every report; by size where there is none.</param>
public sealed record Dimension(string Name, Func<string, string> Sql, Func<PostingFilter, string?> Of, Func<PostingFilter, string, PostingFilter> With, IReadOnlyList<string>? Order = null)
{
    /// <summary>Its values are days' calendar periods, ascending.</summary>
    public bool IsPeriod { get; init; }

    /// <summary>Its values are records: ids, which have names.</summary>
    public bool IsRecord { get; init; }
}

public static class Dimensions
{
    /// <summary>By which figures are summed; the first ones are columns of a posting, the last ones traits of its project.</summary>
    public static IReadOnlyList<Dimension> All { get; } =
    [
        Column("tier", "tier", f => f.Tier, (f, v) => f with { Tier = v }, Tiers.All),
        Column("industry", "industry", f => f.Industry, (f, v) => f with { Industry = v }, Industries.All),
        Column("sizeBand", "size_band", f => f.SizeBand, (f, v) => f with { SizeBand = v }, [.. SizeBands.All.Select(band => band.Name)]),
        Period("month", "to_char(effective_on, 'YYYY-MM')", f => f.Month, (f, v) => f with { Month = v }),
        Period("quarter", "to_char(effective_on, 'YYYY-\"Q\"Q')", f => f.Quarter, (f, v) => f with { Quarter = v }),
        Period("year", "to_char(effective_on, 'YYYY')", f => f.Year, (f, v) => f with { Year = v }),
        Column("stage", "stage", f => f.Stage, (f, v) => f with { Stage = v }, [.. Stages.All, ProjectPostings.Suspended, ProjectPostings.FallenOut]),
        Column("moneyOrigin", "money_origin", f => f.MoneyOrigin, (f, v) => f with { MoneyOrigin = v }, MoneyOrigins.All),
        Column("ceremony", "ceremony::text", f => f.Ceremony?.ToString(), (f, v) => f with { Ceremony = Guid.Parse(v, CultureInfo.InvariantCulture) }) with { IsRecord = true },
        Column("project", "project::text", f => f.Project?.ToString(), (f, v) => f with { Project = Guid.Parse(v, CultureInfo.InvariantCulture) }) with { IsRecord = true },
        Column("department", "coalesce(department, 'none')", f => f.Department, (f, v) => f with { Department = v }),
        Trait(Traits.Owner, f => f.Owner, (f, v) => f with { Owner = v }),
        Trait(Traits.Block, f => f.Block, (f, v) => f with { Block = v }),
        Trait(Traits.Origin, f => f.Origin, (f, v) => f with { Origin = v }, Origins.All),
        Trait(Traits.IndustryCode, f => f.IndustryCode, (f, v) => f with { IndustryCode = v }),
        Trait(Traits.Channel, f => f.Channel, (f, v) => f with { Channel = v }),
    ];

    public static IReadOnlyDictionary<string, Dimension> ByName { get; } = All.ToDictionary(dimension => dimension.Name, StringComparer.Ordinal);

    private static Dimension Column(string name, string sql, Func<PostingFilter, string?> of, Func<PostingFilter, string, PostingFilter> with, IReadOnlyList<string>? order = null) =>
        new(name, _ => sql, of, with, order);

    private static Dimension Period(string name, string sql, Func<PostingFilter, string?> of, Func<PostingFilter, string, PostingFilter> with) => new(name, _ => sql, of, with) { IsPeriod = true };

    private static Dimension Trait(string name, Func<PostingFilter, string?> of, Func<PostingFilter, string, PostingFilter> with, IReadOnlyList<string>? order = null) => new(name, position => $"""
        coalesce((select t.value from reporting.project_trait t where t.project = posting.project and t.trait = '{name}' and t.effective_from <= posting.effective_on
          and t.known_from <= {position} and t.known_until > {position} order by t.effective_from desc limit 1), '{Posting.None}')
        """, of, with, order);
}
