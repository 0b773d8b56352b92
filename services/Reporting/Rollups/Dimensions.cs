using System.Globalization;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Contracts.Projects;
using Luodi.Ledger;
using Luodi.Reporting.Ledger;

namespace Luodi.Reporting.Rollups;

/// <summary>One way to arrange postings.</summary>
/// <param name="Name">As the address of a figure has it.</param>
/// <param name="Sql">The value for a posting.</param>
/// <param name="Of">The filter's condition on it.</param>
/// <param name="With">The filter narrowed to one value.</param>
/// <param name="Order">The values in the order of every report; by size where there is none.</param>
public sealed record Dimension(string Name, string Sql, Func<PostingFilter, string?> Of, Func<PostingFilter, string, PostingFilter> With, IReadOnlyList<string>? Order = null)
{
    /// <summary>Its values are days' calendar periods, ascending.</summary>
    public bool IsPeriod { get; init; }

    /// <summary>Of a period: its value for a sealed sum.</summary>
    public string? OfBucket { get; init; }

    /// <summary>Of a period: how finely sums must tell of time.</summary>
    public Finest Finest { get; init; }

    /// <summary>It tells series of postings apart, of which no two are in one sealed sum.</summary>
    public bool IsSeries => Sealing.SeriesColumns.Contains(Sql);

    /// <summary>Its values are records: ids, which have names.</summary>
    public bool IsRecord { get; init; }
}

public static class Dimensions
{
    /// <summary>By which figures are summed; the last ones are traits of the project, and the very last of the fund.</summary>
    public static IReadOnlyList<Dimension> All { get; } =
    [
        Column("tier", "tier", f => f.Tier, (f, v) => f with { Tier = v }, Tiers.All),
        Column("industry", "industry", f => f.Industry, (f, v) => f with { Industry = v }, Industries.All),
        Column("sizeBand", "size_band", f => f.SizeBand, (f, v) => f with { SizeBand = v }, [.. SizeBands.All.Select(band => band.Name)]),
        Period("month", "to_char(effective_on, 'YYYY-MM')", "to_char(bucket % 1000000 / 100, 'FM0000') || '-' || to_char(bucket % 100, 'FM00')", Finest.Month, f => f.Month, (f, v) => f with { Month = v }),
        Period("quarter", "to_char(effective_on, 'YYYY-\"Q\"Q')", "to_char(bucket % 1000000 / 100, 'FM0000') || '-Q' || (bucket % 100 + 2) / 3", Finest.Month, f => f.Quarter, (f, v) => f with { Quarter = v }),
        Period("year", "to_char(effective_on, 'YYYY')", "to_char(case when bucket < 1000000 then bucket else bucket % 1000000 / 100 end, 'FM0000')", Finest.Year, f => f.Year, (f, v) => f with { Year = v }),
        Column("stage", "stage", f => f.Stage, (f, v) => f with { Stage = v }, [.. Stages.All, ProjectPostings.Suspended, ProjectPostings.FallenOut]),
        Column("moneyOrigin", "money_origin", f => f.MoneyOrigin, (f, v) => f with { MoneyOrigin = v }, MoneyOrigins.All),
        Column("designation", "designation", f => f.Designation, (f, v) => f with { Designation = v }, EnterpriseKinds.All),
        Column("ceremony", "ceremony::text", f => f.Ceremony?.ToString(), (f, v) => f with { Ceremony = Guid.Parse(v, CultureInfo.InvariantCulture) }) with { IsRecord = true },
        Column("project", "project::text", f => f.Project?.ToString(), (f, v) => f with { Project = Guid.Parse(v, CultureInfo.InvariantCulture) }) with { IsRecord = true },
        Column("fund", "fund::text", f => f.Fund?.ToString(), (f, v) => f with { Fund = Guid.Parse(v, CultureInfo.InvariantCulture) }) with { IsRecord = true },
        Column("fundKind", "fund_kind", f => f.FundKind, (f, v) => f with { FundKind = v }, FundKinds.All),
        Column("partnerKind", "partner_kind", f => f.PartnerKind, (f, v) => f with { PartnerKind = v }, Partners.All),
        Column("department", "coalesce(department, 'none')", f => f.Department, (f, v) => f with { Department = v }),
        Column(Traits.Owner, "owner", f => f.Owner, (f, v) => f with { Owner = v }),
        Column(Traits.Block, "block", f => f.Block, (f, v) => f with { Block = v }),
        Column(Traits.Origin, "origin", f => f.Origin, (f, v) => f with { Origin = v }, Origins.All),
        Column(Traits.IndustryCode, "industry_code", f => f.IndustryCode, (f, v) => f with { IndustryCode = v }),
        Column(Traits.Channel, "channel", f => f.Channel, (f, v) => f with { Channel = v }),
        Column(Traits.Chain, "chain", f => f.Chain, (f, v) => f with { Chain = v }),
        Column(Traits.Vintage, "vintage", f => f.Vintage, (f, v) => f with { Vintage = v }),
    ];

    public static IReadOnlyDictionary<string, Dimension> ByName { get; } = All.ToDictionary(dimension => dimension.Name, StringComparer.Ordinal);

    /// <summary>Confirmed or pending: no dimension of a table, for the two are never added up.</summary>
    internal static Dimension Status { get; } = Column("status", "status", f => f.Status, (f, v) => f with { Status = v });

    private static Dimension Column(string name, string sql, Func<PostingFilter, string?> of, Func<PostingFilter, string, PostingFilter> with, IReadOnlyList<string>? order = null) =>
        new(name, sql, of, with, order);

    // Of a sealed sum a period is told by its bucket.
    private static Dimension Period(string name, string sql, string ofBucket, Finest finest, Func<PostingFilter, string?> of, Func<PostingFilter, string, PostingFilter> with) =>
        new(name, sql, of, with) { IsPeriod = true, OfBucket = ofBucket, Finest = finest };
}
