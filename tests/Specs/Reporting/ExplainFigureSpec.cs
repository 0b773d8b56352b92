using Luodi.Ledger;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Reporting.Rollups.ExplainFigureFeature;

namespace Luodi.Specs.Reporting;

/// <summary>Of which figures evidence is given.</summary>
public sealed class ExplainFigureSpec
{
    private static readonly PostingFilter Asked = new(Ceremony: Guid.CreateVersion7(), Status: PostingStatus.Confirmed, Tier: "agreement");

    [Fact]
    public void Of_agreed_investment_by_what_its_events_say()
    {
        Refused(Asked).ShouldBeEmpty();
        Refused(Asked with { Ceremony = null, Industry = "other", SizeBand = "100m-500m,500m-1bn", Month = "2023-09,2023-10", Position = 5, KnownAt = DateTimeOffset.UnixEpoch, EffectiveFrom = new(2023, 1, 1), EffectiveBy = new(2023, 12, 31), Measure = Measures.AgreedInvestment, Currency = "CNY" }).ShouldBeEmpty();
    }

    [Fact]
    public void Of_nothing_else()
    {
        Refused(Asked with { Status = null, Tier = null }).ShouldBe([new Missing("status"), new Missing("tier")]);
        Refused(Asked with { Status = "confirmed,pending" }).ShouldBe([new ReadRollupFeature.StatusUnknown()]);
        foreach (var (name, other) in new (string, PostingFilter)[]
        {
            ("tier", Asked with { Tier = "agreement,contract" }), ("measure", Asked with { Measure = Measures.CapitalInPlace }), ("currency", Asked with { Currency = "USD" }), ("month", Asked with { Month = "2023" }), ("month", Asked with { Month = "" }),
            ("query", Asked with { Owner = "staff" }), ("query", Asked with { Agreement = Guid.Empty }), ("query", Asked with { Since = 1 }), ("query", Asked with { Cohort = "all" }), ("query", Asked with { Department = "x" }), ("query", Asked with { Year = "2023" }),
        }) Refused(other).ShouldBe([new FigureNotExplained(name)], name);
    }
}
