using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Http;

/// <summary>Lists found, narrowed, sorted, paged and taken away as a file.</summary>
public sealed class ListsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task Agreements_are_found_by_a_part_of_number_counterparty_or_project_in_Chinese_too()
    {
        var papers = await Papers.Log();
        (await papers.Numbers($"q={papers.Mark}")).ShouldBe(["A", "B", "C"]);
        (await papers.Numbers($"q={papers.Mark}-B")).ShouldBe(["B"]);
        (await papers.Numbers($"q={papers.Mark} 光刻")).ShouldBe(["A", "C"]);
        (await papers.Numbers($"q={papers.Mark} 乙方")).ShouldBe(["B"]);
        (await papers.Numbers($"q={papers.Mark[..^4].ToLowerInvariant()}")).ShouldBe(["A", "B", "C"]);
        (await papers.Numbers($"q={papers.Mark} 研究院")).ShouldBe(["B"]);
        // Not across two names.
        (await papers.Numbers($"q={papers.Mark} 院某")).ShouldBeEmpty();
        (await papers.Numbers($"q={papers.Mark} 没有")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_typed_is_no_pattern()
    {
        var papers = await Papers.Log();
        (await papers.Numbers($"q={Uri.EscapeDataString($"{papers.Mark} 100%")}")).ShouldBe(["C"]);
        (await papers.Numbers($"q={Uri.EscapeDataString($"{papers.Mark} %")}")).ShouldBe(["C"]);
        (await papers.Numbers($"q={Uri.EscapeDataString($"{papers.Mark} _")}")).ShouldBeEmpty();
        (await papers.Numbers($"q={Uri.EscapeDataString($"{papers.Mark} \\")}")).ShouldBeEmpty();
        (await papers.Numbers($"q={Uri.EscapeDataString("'; drop table signings.mt_doc_agreementview; --")}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Agreements_are_narrowed_by_their_columns()
    {
        var papers = await Papers.Log();
        var q = $"q={papers.Mark}";
        (await papers.Numbers($"{q}&status=signed")).ShouldBe(["A", "B"]);
        (await papers.Numbers($"{q}&status=draft")).ShouldBe(["C"]);
        (await papers.Numbers($"{q}&waiting=any")).ShouldBe(["A", "B"]);
        (await papers.Numbers($"{q}&waiting=amendment")).ShouldBeEmpty();
        (await papers.Numbers($"{q}&industry=biomedicine")).ShouldBe(["B"]);
        (await papers.Numbers($"{q}&signedFrom=2023-09-28")).ShouldBe(["B"]);
        (await papers.Numbers($"{q}&signedTo=2023-09-27")).ShouldBe(["A"]);
        (await papers.Numbers($"{q}&amountFrom=20000000.01")).ShouldBe(["B"]);
        (await papers.Numbers($"{q}&amountTo=20000000.00")).ShouldBe(["A", "C"]);
        (await papers.Numbers($"{q}&ceremony={papers.Ceremony}")).ShouldBe(["A", "B", "C"]);
        (await papers.Numbers($"{q}&ceremony={Guid.CreateVersion7()}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_is_sorted_by_any_of_its_columns_up_and_down()
    {
        var papers = await Papers.Log();
        async Task<IReadOnlyList<string>> Sorted(string sort) => await papers.Numbers($"q={papers.Mark}&sort={sort}");
        (await Sorted("amount")).ShouldBe(["A", "C", "B"]);
        (await Sorted("-amount")).ShouldBe(["B", "A", "C"]);
        (await Sorted("-number")).ShouldBe(["C", "B", "A"]);
        // What has no date stands last in both directions.
        (await Sorted("signedOn")).ShouldBe(["A", "B", "C"]);
        (await Sorted("-signedOn")).ShouldBe(["B", "A", "C"]);
        (await Sorted("status")).ShouldBe(["C", "A", "B"]);
        (await Sorted("industry")).ShouldBe(["A", "C", "B"]);
        // By sound: bǐng, jiǎ, yǐ.
        (await Sorted("counterparty")).ShouldBe(["C", "A", "B"]);
        (await Sorted("project")).Count.ShouldBe(3);
        foreach (var list in (string[])["signings/agreements", "signings/agreements/export", "signings/ceremonies", "signings/work/to-confirm", "signings/obligations", "signings/obligations/export",
            "projects", "projects/export", "projects/capital", "projects/capital/export", "projects/enterprises", "projects/enterprises/export", "funds", "funds/export", "funds/facilities", "funds/facilities/export", "funds/reinvestment"])
        {
            (await Site.Manager.Get($"api/{list}?sort=luck")).MustRefuse(400, "sort-unknown", "sort");
        }
    }

    [Fact]
    public async Task Pages_of_a_list_say_how_long_it_is()
    {
        var papers = await Papers.Log();
        var first = (await Site.Auditor.Get($"api/signings/agreements?q={papers.Mark}&limit=2")).Must(200);
        (first.Items.Count, first["total"].GetValue<int>(), first["next"].GetValue<string>()).ShouldBe((2, 3, $"{papers.Mark}-B"));
        var second = (await Site.Auditor.Get($"api/signings/agreements?q={papers.Mark}&limit=2&skip=2")).Must(200);
        (second.Items.Count, second["total"].GetValue<int>(), second.Json!["next"]).ShouldBe((1, 3, null));
        var beyond = (await Site.Auditor.Get($"api/signings/agreements?q={papers.Mark}&skip=99")).Must(200);
        (beyond.Items.Count, beyond["total"].GetValue<int>()).ShouldBe((0, 3));
        (await Site.Auditor.Get($"api/signings/agreements?q={papers.Mark}&limit=2&after={papers.Mark}-A")).Must(200)["total"].GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task Projects_funds_and_ceremonies_are_found_too()
    {
        var papers = await Papers.Log();
        var fund = (await Site.Staff.Post("api/funds", new { name = $"天使 {papers.Mark}", kind = "direct-angel", targetSize = Desk.Yuan(1_000_000) })).Must(201).Id;
        var projects = (await Site.Auditor.Get($"api/projects?q={papers.Mark}&industry=biomedicine&stage=lead")).Must(200);
        // Signed already, once Projects has heard of it.
        projects.Items.Count.ShouldBeLessThanOrEqualTo(1);
        (await Site.Auditor.Get($"api/projects?q={papers.Mark} 光刻&sort=-name")).Must(200)["total"].GetValue<int>().ShouldBe(2);
        (await Site.Auditor.Get($"api/projects?q={papers.Mark} 投资方&sort=-expectedInvestment")).Must(200)["total"].GetValue<int>().ShouldBe(3);
        (await Site.Auditor.Get($"api/funds?q={papers.Mark}&kind=direct-angel&sort=-targetSize")).Must(200).Items.ShouldHaveSingleItem().Text("id").ShouldBe(fund.ToString());
        (await Site.Auditor.Get($"api/funds?q={papers.Mark}&kind=market")).Must(200)["total"].GetValue<int>().ShouldBe(0);
        (await Site.Auditor.Get($"api/funds/{fund}/history")).Must(200).Items.ShouldHaveSingleItem();
        (await Site.Auditor.Get($"api/signings/ceremonies?q={papers.Mark}&sort=-name")).Must(200).Items.ShouldHaveSingleItem().Text("id").ShouldBe(papers.Ceremony.ToString());
        (await Site.Auditor.Get($"api/funds/search?q={papers.Mark}")).Must(200).Items.ShouldHaveSingleItem().Text("kind").ShouldBe("fund");
        (await Site.Auditor.Get($"api/projects/search?q={papers.Mark}")).Must(200).Items.ShouldAllBe(item => item.Text("kind") == "project");
        var found = (await Site.Auditor.Get($"api/signings/search?q={papers.Mark}")).Must(200).Items;
        found.Select(item => item.Text("kind")).ShouldBe(["ceremony", "agreement", "agreement", "agreement"]);
        found[0].Text("title").ShouldContain(papers.Mark);
        (await Site.Auditor.Get("api/signings/search?q=%20")).Must(200).Items.ShouldBeEmpty();
        (await Site.Auditor.Get("api/signings/search?q=T")).Must(200).Items.GroupBy(item => item.Text("kind")).ShouldAllBe(kind => kind.Count() <= 10);
    }

    [Fact]
    public async Task A_list_is_taken_away_as_a_file()
    {
        var papers = await Papers.Log();
        var csv = (await Site.Auditor.Get($"api/signings/agreements/export?q={papers.Mark}&columns=number,amount,status&format=csv&sort=-amount")).Must(200);
        csv.Headers["Content-Type"].ShouldBe("text/csv; charset=utf-8");
        csv.Headers["Content-Disposition"].ShouldContain(".csv");
        csv.Text.TrimStart('\uFEFF').ShouldBe($"编号,投资额（元）,状态\r\n{papers.Mark}-B,90000000.00,已签，待确认\r\n{papers.Mark}-A,20000000.00,已签，待确认\r\n{papers.Mark}-C,20000000.00,草拟\r\n");
        (await Site.Auditor.Get($"api/signings/agreements/export?q={papers.Mark}&columns=number&format=csv", ("Accept-Language", "en"))).Must(200).Text.ShouldContain("Number\r\n");
        foreach (var (list, column) in ((string, string)[])[("signings/agreements", "number"), ("projects", "name"), ("funds", "name")])
        {
            var xlsx = (await Site.Auditor.Get($"api/{list}/export?q={papers.Mark}")).Must(200);
            xlsx.Headers["Content-Type"].ShouldBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
            xlsx.Text.ShouldStartWith("PK");
            (await Site.Auditor.Get($"api/{list}/export?columns={column},luck")).MustRefuse(400, "column-unknown", "columns");
            (await Site.Auditor.Get($"api/{list}/export?format=pdf")).MustRefuse(400, "format-unknown", "format");
        }
    }

    [Fact]
    public async Task The_usual_amount_is_that_of_signed_agreements()
    {
        await Papers.Log();
        var usual = (await Site.Staff.Get("api/signings/agreements/usual-amount")).Must(200);
        usual["median"].Yuan().ShouldBeGreaterThan(0);
        usual["count"].GetValue<int>().ShouldBeGreaterThanOrEqualTo(2);
    }

    /// <summary>Three agreements: A and B signed, C a draft.</summary>
    private sealed record Papers(string Mark, Guid Ceremony)
    {
        public static async Task<Papers> Log()
        {
            var desk = await Desk.Open();
            async Task Paper(string letter, string industry, string name, string counterparty, decimal yuan, string? signedOn)
            {
                var project = (await Site.Staff.Post("api/projects", new { name = $"{name} {desk.Mark}", industry, investor = "投资方", expectedInvestment = Desk.Yuan(yuan), another = "列表的另一行" })).Must(201).Id;
                var id = (await Site.Staff.Post("api/signings/agreements", new { number = $"{desk.Mark}-{letter}", projectId = project, ceremonyId = desk.Ceremony, counterparty, amount = Desk.Yuan(yuan), parties = letter is "B" ? (string[])["某研究院", "某投资公司"] : null })).Must(201).Id;
                if (signedOn is not null) (await Site.Staff.Post($"api/signings/agreements/{id}/sign", new { signedOn })).Must(200);
            }
            await Paper("A", "microelectronics", "光刻机零部件", "甲方公司", 20_000_000, "2023-09-27");
            await Paper("B", "biomedicine", "新药研发", "乙方公司", 90_000_000, "2023-09-28");
            await Paper("C", "microelectronics", "光刻胶", "丙方公司,占股 100%", 20_000_000, null);
            var papers = new Papers(desk.Mark, desk.Ceremony);
            // Signings learns a project's name from Projects' events.
            await Eventually(async () => (await Site.Auditor.Get($"api/signings/agreements?ceremony={desk.Ceremony}")).Must(200).Items.ShouldAllBe(item => item["projectName"] != null));
            return papers;
        }

        /// <summary>The letters of what is found, in its order.</summary>
        public async Task<IReadOnlyList<string>> Numbers(string query)
        {
            IReadOnlyList<JsonNode> items = (await Site.Auditor.Get($"api/signings/agreements?{query}")).Must(200).Items;
            return [.. items.Select(item => item.Text("number")[(Mark.Length + 1)..])];
        }
    }
}
