using Luodi.Client.Import;
using Luodi.Client.Workbook;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Deployment;

/// <summary>The workbook of the demo adds up to what the article says, and says of itself that its rows are made up.</summary>
public sealed class DemoWorkbookSpec
{
    private static readonly string File = Checkout.PathOf("deploy", "demo-data", "ceremony-2023-09.xlsx");
    private static readonly IReadOnlyList<WorkbookRow> Rows = CeremonyWorkbook.Read(File);

    [Fact]
    public void It_holds_22_signings_of_4_211_000_000_yuan_and_8_of_at_least_100_million()
    {
        Rows.Count.ShouldBe(22);
        Rows.Sum(row => row.AmountYuan).ShouldBe(4_211_000_000.00m);
        Rows.Count(row => row.AmountYuan >= 100_000_000m).ShouldBe(8);
    }

    [Fact]
    public void It_has_a_row_at_exactly_100_million_and_none_that_rests_on_rounding()
    {
        Rows.ShouldContain(row => row.AmountYuan == 100_000_000.00m);
        Rows.ShouldAllBe(row => decimal.Round(row.AmountYuan, 2) == row.AmountYuan && row.AmountYuan > 0);
    }

    [Fact]
    public void Its_projects_are_of_the_three_leading_industries() =>
        Rows.Select(row => row.Industry).Distinct().ShouldBe(Luodi.Contracts.Industries.All.Where(industry => industry != Luodi.Contracts.Industries.Other), ignoreOrder: true);

    [Fact]
    public void Every_row_is_marked_as_made_up_in_its_note_and_in_its_names()
    {
        Rows.ShouldAllBe(row => row.Illustrative);
        Rows.ShouldAllBe(row => row.ProjectName.Contains("示意") && row.Investor.Contains("示意") && row.Counterparty.Contains("示意"));
    }

    [Fact]
    public void Numbers_and_projects_are_there_once()
    {
        Rows.Select(row => row.Number).ShouldBeUnique();
        Rows.Select(row => row.ProjectName).ShouldBeUnique();
    }

    [Fact]
    public void It_agrees_with_the_claim_that_the_demo_logs() =>
        Figures.Of([.. Rows.Select(row => row.AmountYuan)]).ShouldBe(ArticleCeremony.Claim);

    [Fact]
    public void It_is_what_its_source_makes_byte_for_byte() =>
        System.IO.File.ReadAllBytes(File).SequenceEqual(DemoWorkbook.Make()).ShouldBeTrue("Make it anew: dotnet Luodi.Client.dll make-demo-workbook FILE.");
}
