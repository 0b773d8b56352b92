using System.Globalization;
using System.IO.Compression;
using System.Text;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Funds.Lists;
using Luodi.Projects.Capital;
using Luodi.Projects.Enterprises;
using Luodi.Projects.Lists;
using Luodi.ServiceDefaults.Lists;
using Luodi.Signings.Agreements;
using Luodi.Signings.Lists;
using Luodi.Signings.Obligations;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Lists;

/// <summary>A list as a file.</summary>
public sealed class ExportSpec
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    private static readonly AgreementItem Agreement = new(
        Guid.CreateVersion7(), "NH-2023-001", Guid.CreateVersion7(), "功率器件封装", Guid.CreateVersion7(), "某公司", "microelectronics", Money.Yuan(4_211_000_000.1m), null,
        "in-force", "amendment", new DateOnly(2023, 9, 28), Illustrative: true, 3, "investment-1", "staff", null, "contract", null, null, null);

    private static readonly Luodi.Projects.Project Project = new(Guid.Empty, "项目", "other", "某公司", null, Illustrative: true, 1)
    {
        Stages = [new(Stages.Negotiating, new DateOnly(2023, 9, 28))],
        Details = new(Origin: Origins.Foreign),
    };

    [Fact]
    public void Headings_and_codes_are_told_in_the_readers_language()
    {
        Table([Agreement], Chinese, "number", "industry", "status", "waiting", "amount").ShouldBe([["编号", "产业", "状态", "待确认事项", "投资额（元）"], ["NH-2023-001", "微电子", "有效", "变更", 4_211_000_000.10m]]);
        Table([Agreement], English, "industry", "amount").ShouldBe([["Industry", "Amount (CNY)"], ["microelectronics", 4_211_000_000.10m]]);
        Table([Agreement with { Parties = ["某投资公司", "某研究院"], FixedAssets = Money.Yuan(60_000_000) }], Chinese, "parties", "fixedAssets")
            .ShouldBe([["其他签约方", "其中固定资产投资（元）"], ["某投资公司、某研究院", 60_000_000m]]);
    }

    [Fact]
    public void Every_column_and_every_code_has_a_Chinese_word()
    {
        var agreements = Export.Table(ExportAgreementsFeature.Columns, [Agreement], Chinese);
        var projects = Export.Table(ExportProjectsFeature.Columns, [Project], Chinese);
        var funds = Export.Table(ExportFundsFeature.Columns, [new(Guid.Empty, "天使一号", "direct-angel", Money.Yuan(1), Money.Yuan(0), 1)], Chinese);
        agreements[0].Concat(projects[0]).Concat(funds[0]).ShouldAllBe(heading => ((string)heading!).Any(letter => letter > 0x2E7F));
        projects[1].ShouldBe(["项目", "某公司", "其他", "在谈", new DateOnly(2023, 9, 28), null, null, null, null, null, null, "外资", null, "示意"]);
        funds[1][1].ShouldBe("直投型天使投资基金");
        foreach (var status in (string[])["draft", "signed", "in-force", "terminated"]) Coded(Agreement with { Status = status }, "status");
        foreach (var waiting in (string[])["signing", "amendment", "termination"]) Coded(Agreement with { Waiting = waiting }, "waiting");
        foreach (var stage in Stages.All) Export.Table([.. ExportProjectsFeature.Columns.Where(column => column.Name == "stage")], [Project with { Stages = [new(stage, default)] }], Chinese)[1][0].ShouldBeOfType<string>().ShouldMatch(@"^\p{IsCJKUnifiedIdeographs}");
        foreach (var industry in Industries.All) Coded(Agreement with { Industry = industry }, "industry");

        static void Coded(AgreementItem item, string column) => Table([item], Chinese, column)[1][0].ShouldBeOfType<string>().ShouldMatch(@"^\p{IsCJKUnifiedIdeographs}");
    }

    [Fact]
    public void Capital_enterprises_and_obligations_are_told_in_Chinese_too_each_heading_and_each_code()
    {
        CapitalItem Item(CapitalStatus status, string evidence) => new(
            new(Guid.Empty, Guid.Empty, new DateOnly(2023, 11, 5), new Money(1_000_000, "USD"), new Money(100_000, "USD"), 7.1798m, "中国外汇交易中心", Money.Yuan(7_179_800), evidence, "回单", Illustrative: true, status, "staff", 1), "项目");
        var capital = Export.Table(ExportCapitalFeature.Columns, [Item(CapitalStatus.Logged, CapitalEvidence.BankSlip)], Chinese, "capital");
        capital[1].ShouldBe(["项目", new DateOnly(2023, 11, 5), 7_179_800m, 717_980.00m, "外资", "USD", 1_000_000m, "7.1798", "中国外汇交易中心", "银行回单", "回单", "待确认", null, "staff", null, null, "示意"]);
        foreach (var status in Enum.GetValues<CapitalStatus>()) Chosen(ExportCapitalFeature.Columns, "status", Item(status, CapitalEvidence.BankSlip));
        foreach (var evidence in CapitalEvidence.All) Chosen(ExportCapitalFeature.Columns, "evidence", Item(CapitalStatus.Logged, evidence));

        var today = new DateOnly(2024, 6, 30);
        var enterprises = ExportEnterprisesFeature.Columns(today);
        var enterprise = new Enterprise(Guid.Empty, "企业", "91330402MA2CT0001G", new DateOnly(2023, 10, 1), Money.Yuan(1), "other", Illustrative: true, null, 1);
        Designation Granted(string kind, DateOnly until) => new(Guid.Empty, kind, "省科技厅", "甲", new DateOnly(2023, 12, 1), until);
        foreach (var kind in DesignationKinds.All) Chosen(enterprises, "designations", enterprise with { Designations = [Granted(kind, today)] });
        foreach (var role in ChainRoles.All) Chosen(enterprises, "chainRole", enterprise with { ChainRole = role });
        foreach (var level in CarrierLevels.All) Chosen(enterprises, "level", enterprise with { Stays = [new("孵化器", "incubator", level, today, null)] });
        foreach (var board in Boards.All) Chosen(enterprises, "board", enterprise with { Listing = new(board, "600000", today, null) });
        // What it is on the day: neither what expired, nor where it graduated, nor where it is traded no more.
        Export.Table([.. enterprises.Where(column => column.Name is "designations" or "carrier" or "board")], [enterprise with
        {
            Designations = [Granted(DesignationKinds.HighTech, today.AddDays(-1)), Granted(DesignationKinds.InnovativeSme, today), Granted(DesignationKinds.LittleGiant, today)],
            Stays = [new("孵化器", "incubator", "national", today, today)],
            Listing = new("bse", "600000", today, today),
        }], Chinese)[1].ShouldBe(["创新型中小企业、国家级“小巨人”", null, null]);

        ObligationItem Due(string kind, string status = "open", string? by = null) => new(Guid.Empty, Guid.Empty, "NH-1", Guid.Empty, "项目", kind, today, Money.Yuan(300_000.25m), "条款", Illustrative: true, null, status, null, by, null, 3, 1, 1);
        foreach (var kind in ObligationKinds.All) Chosen(ExportObligationsFeature.Columns, "kind", Due(kind));
        foreach (var status in (string[])["open", "fulfilled", "released"]) Chosen(ExportObligationsFeature.Columns, "status", Due("other", status));
        foreach (var by in (string[])[Fulfilments.Milestone, Fulfilments.Capital, Fulfilments.Evidence]) Chosen(ExportObligationsFeature.Columns, "fulfilledBy", Due("other", "fulfilled", by));

        Headings(capital[0]);
        Headings(Export.Table(enterprises, [], Chinese, "enterprises")[0]);
        Headings(Export.Table(ExportObligationsFeature.Columns, [], Chinese, "obligations")[0]);
        // Lists of one service may mean different things by one name.
        Export.Table(enterprises, [], Chinese, "enterprises")[0][0].ShouldBe("企业名称");
        Export.Table(ExportProjectsFeature.Columns, [], Chinese, "projects")[0][0].ShouldBe("项目名称");

        static void Headings(IReadOnlyList<object?> headings) => headings.ShouldAllBe(heading => ((string)heading!).Any(letter => letter > 0x2E7F));
        static void Chosen<T>(IReadOnlyList<Column<T>> columns, string name, T row) =>
            Export.Table([columns.Single(column => column.Name == name)], [row], Chinese)[1][0].ShouldBeOfType<string>().ShouldMatch(@"^\p{IsCJKUnifiedIdeographs}");
    }

    [Fact]
    public void A_department_has_its_name_where_it_is_known_and_its_code_otherwise()
    {
        var column = ExportAgreementsFeature.Columns.Where(column => column.Name == "department").ToList();
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["investment-1"] = "招商一部" };
        var rows = new[] { Agreement, Agreement with { Department = "investment-9" }, Agreement with { Department = null } };
        Export.Table(column, rows, Chinese, "agreements", names).ShouldBe([["部门"], ["招商一部"], ["investment-9"], [null]]);
        Export.Table(column, rows, English).ShouldBe([["Department"], ["investment-1"], ["investment-9"], [null]]);
    }

    [Fact]
    public void A_text_file_opens_in_a_spreadsheet_program_and_keeps_amounts_to_the_fen()
    {
        var csv = Export.Csv(Table([Agreement with { Counterparty = "甲,\"乙\"\r\n丙" }], Chinese, "number", "counterparty", "amount", "signedOn", "proposed"));
        csv.Take(3).ShouldBe([0xEF, 0xBB, 0xBF]);
        Encoding.UTF8.GetString(csv[3..]).ShouldBe("编号,签约方,投资额（元）,签约日期,拟变更为（元）\r\nNH-2023-001,\"甲,\"\"乙\"\"\r\n丙\",4211000000.10,2023-09-28,\r\n");
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    public async Task What_somebody_typed_is_never_calculated(string typed)
    {
        var table = Table([Agreement with { Counterparty = typed }], Chinese, "counterparty");
        Encoding.UTF8.GetString(Export.Csv(table)).Split("\r\n")[1].ShouldStartWith("'");
        var sheet = await SheetOf(table);
        sheet.ShouldNotContain("<x:f");
        sheet.ShouldNotContain("<f>");
        sheet.ShouldContain($">{typed}<");
    }

    [Fact]
    public async Task A_spreadsheet_holds_amounts_and_dates_as_such()
    {
        var sheet = await SheetOf(Table([Agreement], Chinese, "amount", "signedOn", "number"));
        sheet.ShouldContain("4211000000.1");
        // 2023-09-28 as spreadsheets count days.
        sheet.ShouldContain("45197");
        sheet.ShouldContain("NH-2023-001");
    }

    [Fact]
    public async Task A_list_of_nothing_is_a_file_with_its_headings() => (await SheetOf(Table([], Chinese, "number", "amount"))).ShouldContain("编号");

    private static IReadOnlyList<IReadOnlyList<object?>> Table(IEnumerable<AgreementItem> rows, CultureInfo culture, params string[] columns) =>
        Export.Table([.. columns.Select(name => ExportAgreementsFeature.Columns.Single(column => column.Name == name))], rows, culture);

    private static async Task<string> SheetOf(IReadOnlyList<IReadOnlyList<object?>> table)
    {
        await using var zip = new ZipArchive(new MemoryStream(await Export.Xlsx("agreements", table)));
        var text = new StringBuilder();
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.Contains("sheet", StringComparison.OrdinalIgnoreCase) || entry.FullName.Contains("sharedStrings", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(await entry.OpenAsync(CancellationToken.None));
            text.Append(await reader.ReadToEndAsync());
        }
        return text.ToString();
    }
}
