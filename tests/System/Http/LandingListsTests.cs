namespace Luodi.SystemTests.Http;

/// <summary>Capital in place, enterprises and obligations as lists, as files, in the search and as they were; and none of it for who may not see it.</summary>
public sealed class LandingListsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task Capital_is_narrowed_sorted_and_taken_away_to_the_fen()
    {
        var landing = await Landing.Log();
        (await landing.Numbers("")).ShouldBe(["B", "A"]);
        (await landing.Numbers("&sort=yuan")).ShouldBe(["B", "A"]);
        (await landing.Numbers("&sort=evidence")).ShouldBe(["A", "B"]);
        (await landing.Numbers("&status=logged")).ShouldBe(["B"]);
        (await landing.Numbers("&status=confirmed")).ShouldBe(["A"]);
        (await landing.Numbers("&evidence=bank-slip")).ShouldBe(["A"]);
        (await landing.Numbers("&origin=foreign")).ShouldBe(["B"]);
        (await landing.Numbers("&from=2023-11-02&to=2023-11-05")).ShouldBe(["B"]);
        (await landing.Numbers("&amountFrom=10000000.51")).ShouldBeEmpty();
        (await landing.Numbers("&amountFrom=7179800.01&amountTo=10000000.50")).ShouldBe(["A"]);
        (await landing.Numbers($"&project={landing.Project}&department=investment-1")).ShouldBe(["B", "A"]);
        (await landing.Numbers("&department=investment-2")).ShouldBeEmpty();
        (await landing.Numbers("-A")).ShouldBe(["A"]);

        (await Csv(Site.Staff, $"projects/capital/export?q={landing.Mark}&columns=evidenceNumber,arrivedOn,yuan,fixedAssets,origin,currency,amount,rate,evidence,status,department")).ShouldBe(
            $"""
            凭证编号,到账日期,折合人民币（元）,其中固定资产（元）,资金来源,币种,原币金额,汇率,凭证,状态,部门
            {landing.Mark}-B,2023-11-05,7179800.00,717980.00,外资,USD,1000000.00,7.1798,设备清单,待确认,招商一部
            {landing.Mark}-A,2023-11-01,10000000.50,0.00,内资,CNY,10000000.50,,银行回单,已确认,招商一部

            """);
        (await Csv(Site.Auditor, $"projects/capital/export?q={landing.Mark}&status=confirmed&columns=yuan,status", "en")).ShouldBe("Amount (CNY),Status\n10000000.50,confirmed\n");
    }

    [Fact]
    public async Task Enterprises_are_taken_away_with_what_they_are_today()
    {
        var landing = await Landing.Log();
        (await Csv(Site.Staff, $"projects/enterprises/export?q={landing.Mark}&columns=name,aliases,creditCode,industry,designations,chain,chainRole,carrier,level,registeredOn,registeredCapital,department")).ShouldBe(
            $"""
            企业名称,曾用名,统一社会信用代码,产业,资质,产业链,产业链角色,载体,载体级别,注册日期,注册资本（元）,部门
            新名 {landing.Mark},旧名 {landing.Mark},{landing.Code},微电子,创新型中小企业、高新技术企业,集成电路,链主,某孵化器,国家级,2023-10-01,10000000.00,招商一部

            """);
        (await Csv(Site.Staff, $"projects/enterprises/export?q={landing.Mark}&designation=high-tech&columns=designations,registeredCapital", "en")).ShouldBe("Designations,Registered capital (CNY)\n\"innovative-sme, high-tech\",10000000.00\n");
        (await Csv(Site.Staff, $"projects/enterprises/export?q={landing.Mark}&designation=national-little-giant&columns=name")).ShouldBe("企业名称\n");
        (await Site.Staff.Get($"api/projects/enterprises?q={landing.Mark}&department=investment-1&sort=-registeredCapital")).Must(200).Items.Count.ShouldBe(1);
        (await Site.Staff.Get($"api/projects/enterprises?q={landing.Mark}&department=investment-2")).Must(200).Items.ShouldBeEmpty();

        // One that has left is in the list of those that did, and a search still finds it.
        (await Site.Staff.Post($"api/projects/enterprises/{landing.Enterprise}/leave", new { on = "2024-06-30", reason = "迁往外地" })).Must(200);
        (await Csv(Site.Staff, $"projects/enterprises/export?q={landing.Mark}&columns=name")).ShouldBe("企业名称\n");
        (await Csv(Site.Staff, $"projects/enterprises/export?q={landing.Mark}&left=true&columns=leftOn,leftBecause")).ShouldBe("迁出或注销日期,迁出或注销原因\n2024-06-30,迁往外地\n");
        (await Found(Site.Staff, "projects", landing.Code)).ShouldContain(("enterprise", landing.Enterprise));
    }

    [Fact]
    public async Task Obligations_are_narrowed_sorted_and_taken_away_to_the_fen()
    {
        var landing = await Landing.Log();
        var list = $"signings/obligations?q={landing.Mark}";
        async Task<IEnumerable<string>> Kinds(string query) => (await Site.Staff.Get($"api/{list}{query}")).Must(200).Items.Select(item => item.Text("kind"));
        (await Kinds("")).ShouldBe(["tax-per-mu", "other"]);
        (await Kinds("&sort=-amount")).ShouldBe(["tax-per-mu", "other"]);
        (await Kinds("&sort=-dueOn")).ShouldBe(["other", "tax-per-mu"]);
        (await Kinds("&status=open&dueFrom=2099-01-01")).ShouldBe(["other"]);
        (await Kinds("&amountFrom=300000.25&amountTo=300000.25")).ShouldBe(["tax-per-mu"]);
        (await Kinds("&department=investment-2")).ShouldBeEmpty();
        (await Csv(Site.Staff, $"signings/obligations/export?q={landing.Mark}&due=overdue&columns=kind,amount,what,number,dueOn,status,fulfilledBy,department")).ShouldBe(
            $"事项,金额（元）,条款,编号,期限,状态,认定方式,部门\n亩均税收,300000.25,,{landing.Mark}-001,2024-03-31,履行中,,招商一部\n");
        (await Csv(Site.Staff, $"signings/obligations/export?q={landing.Mark}&kind=other&columns=kind,what,status", "en")).ShouldBe($"Obligation,Clause,Status\nother,不得转让土地 {landing.Mark},open\n");
    }

    [Fact]
    public async Task All_three_are_files_with_the_same_questions_and_refusals_as_other_lists()
    {
        foreach (var (list, column) in ((string, string)[])[("projects/capital", "yuan"), ("projects/enterprises", "name"), ("signings/obligations", "kind")])
        {
            var xlsx = (await Site.Auditor.Get($"api/{list}/export?columns={column}")).Must(200);
            xlsx.Headers["Content-Type"].ShouldBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
            xlsx.Text.ShouldStartWith("PK");
            (await Site.Auditor.Get($"api/{list}/export?columns={column},luck")).MustRefuse(400, "column-unknown", "columns");
            (await Site.Auditor.Get($"api/{list}/export?format=pdf")).MustRefuse(400, "format-unknown", "format");
        }
    }

    [Fact]
    public async Task What_another_department_logged_is_in_no_list_file_search_or_moment_until_it_is_shared()
    {
        var landing = await Landing.Log();
        var other = Site.As("staff3");
        await landing.IsFoundBy(Site.Staff, true);
        await landing.IsFoundBy(Site.Manager, true);
        await landing.IsFoundBy(other, false);
        await landing.IsFoundBy(Site.With(Tokens.Issue(Site, "client2", role: "integration", department: "investment-2", scope: "deals.read")), false);
        (await Site.Manager.Post($"api/projects/{landing.Project}/share", new { department = "investment-2" })).Must(200);
        await landing.IsFoundBy(other, true);
        (await Site.Manager.Post($"api/projects/{landing.Project}/unshare", new { department = "investment-2" })).Must(200);
        await landing.IsFoundBy(other, false);
    }

    [Fact]
    public async Task Each_is_read_as_it_stood_after_any_of_its_events()
    {
        var landing = await Landing.Log();
        async Task<Answer> At(string path, int version) => (await Site.Auditor.Get($"api/{path}?version={version}")).Must(200);
        var capital = $"projects/capital/{landing.Capital}";
        (await At(capital, 1))["status"].GetValue<string>().ShouldBe("logged");
        (await At(capital, 2))["status"].GetValue<string>().ShouldBe("confirmed");
        (await At(capital, 2))["confirmedBy"].GetValue<string>().ShouldBe("staff2");

        var enterprise = $"projects/enterprises/{landing.Enterprise}";
        (await At(enterprise, 1))["name"].GetValue<string>().ShouldBe($"旧名 {landing.Mark}");
        (await At(enterprise, 1))["projects"].AsArray().ShouldBeEmpty();
        (await At(enterprise, 3))["name"].GetValue<string>().ShouldBe($"新名 {landing.Mark}");

        var obligation = $"signings/obligations/{landing.Obligation}";
        (await Site.Manager.Post($"api/{obligation}/extend", new { to = "2099-06-30", reason = "汛期停工" })).Must(200);
        // Whether the watch has said meanwhile that it was overdue decides which event the extension is.
        var last = (await Site.Auditor.Get($"api/{obligation}/history")).Must(200).Items.Count;
        (await At(obligation, 1))["dueOn"].GetValue<string>().ShouldBe("2024-03-31");
        (await At(obligation, 1))["overdueDays"].GetValue<int>().ShouldBeGreaterThan(900);
        (await At(obligation, last))["dueOn"].GetValue<string>().ShouldBe("2099-06-30");
        (await At(obligation, last))["extensions"].GetValue<int>().ShouldBe(1);
        (await Site.Auditor.Get($"api/{obligation}")).Must(200).Headers["ETag"].ShouldBe($"\"{last}\"");

        foreach (var path in (string[])[capital, enterprise, obligation])
        {
            foreach (var version in (int[])[-1, 0, 99]) (await Site.Auditor.Get($"api/{path}?version={version}")).MustRefuse(404, "not-found");
        }
    }

    [Fact]
    public async Task An_obligation_that_ended_with_its_agreement_stood_open_before()
    {
        var landing = await Landing.Log();
        (await Site.Staff.Post($"api/signings/obligations/{landing.Obligation}/fulfil", new { on = "2024-06-30", evidence = "完税证明" })).Must(200);
        (await Site.Staff.Post($"api/signings/obligations/{landing.Obligation}/reopen", new { reason = "证明作废" })).Must(200);
        (await Site.Staff2.Post($"api/signings/agreements/{landing.Agreement}/terminate", new { reason = "项目退出" })).Must(200);
        (await Site.Staff.Post($"api/signings/agreements/{landing.Agreement}/confirm")).Must(200);
        var path = $"api/signings/obligations/{landing.Obligation}";
        (await Site.Auditor.Get(path)).Must(200)["status"].GetValue<string>().ShouldBe("released");
        (await Site.Auditor.Get($"{path}?version=1")).Must(200)["status"].GetValue<string>().ShouldBe("open");
        var types = (await Site.Auditor.Get($"{path}/history")).Must(200).Items.Select(item => item.Text("type")).ToList();
        (await Site.Auditor.Get($"{path}?version={types.IndexOf("obligation_fulfilled") + 1}")).Must(200)["status"].GetValue<string>().ShouldBe("fulfilled");
        (await Site.Auditor.Get($"{path}?version={types.IndexOf("obligation_reopened") + 1}")).Must(200)["status"].GetValue<string>().ShouldBe("released");
    }

    [Fact]
    public async Task Enterprises_and_capital_of_a_record_that_was_merged_are_of_the_one_that_stands_for_it()
    {
        var landing = await Landing.Log();
        var into = (await Site.Staff.Post("api/projects", new { name = $"另一登记 {landing.Mark}", industry = "other", investor = "某公司", another = "同一项目的另一条登记" })).Must(201).Id;
        async Task Counts(Guid project, int enterprises, int capital)
        {
            (await Site.Manager.Get($"api/projects/enterprises?project={project}")).Must(200)["total"].GetValue<int>().ShouldBe(enterprises);
            (await Site.Manager.Get($"api/projects/capital?project={project}")).Must(200)["total"].GetValue<int>().ShouldBe(capital);
        }
        await Counts(into, 0, 0);
        (await Site.Manager.Post($"api/projects/{landing.Project}/merge", new { intoId = into, reason = "同一项目" })).Must(200);
        await Counts(into, 1, 2);
        await Counts(landing.Project, 1, 2);
        (await Site.Manager.Post($"api/projects/{landing.Project}/unmerge", new { reason = "是两个项目" })).Must(200);
        await Counts(into, 0, 0);
        await Counts(landing.Project, 1, 2);
    }

    [Fact]
    public async Task Ceremonies_at_which_something_may_still_be_signed_are_found_among_all()
    {
        var desk = await Desk.Open();
        async Task<int> Ceremonies(string query) => (await Site.Staff.Get($"api/signings/ceremonies?q={desk.Mark}{query}")).Must(200).Items.Count;
        (await Ceremonies("&open=true"), await Ceremonies("&open=false")).ShouldBe((1, 0));
        (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/hold", new { heldOn = "2023-09-28" })).Must(200);
        (await Site.Manager.Post($"api/signings/ceremonies/{desk.Ceremony}/close")).Must(200);
        (await Ceremonies("&open=true"), await Ceremonies("&open=false"), await Ceremonies("")).ShouldBe((0, 1, 1));
    }

    private static async Task<string> Csv(Api api, string path, string language = "zh-CN") =>
        (await api.Get($"api/{path}&format=csv", ("Accept-Language", language))).Must(200).Text.TrimStart('\uFEFF').ReplaceLineEndings("\n");

    private static async Task<IReadOnlyList<(string Kind, Guid Id)>> Found(Api api, string service, string words) =>
        [.. (await api.Get($"api/{service}/search?q={words}")).Must(200).Items.Select(item => (item.Text("kind"), Guid.Parse(item.Text("id"))))];

    /// <summary>A project with an agreement that obliges to two things, two arrivals of capital (A confirmed, B waits), and an enterprise that carries it out.</summary>
    private sealed record Landing(string Mark, string Code, Guid Project, Guid Agreement, Guid Capital, Guid Enterprise, Guid Obligation)
    {
        public static async Task<Landing> Log()
        {
            var desk = await Desk.Open();
            var staff = Site.Staff;
            var project = (await staff.Post("api/projects", new { name = $"光刻胶 {desk.Mark}", industry = "microelectronics", investor = "某公司", another = "各测试各一个" })).Must(201).Id;
            var paper = (await staff.Post("api/signings/agreements", desk.Paper(project, 90_000_000))).Must(201).Id;
            (await staff.Post($"api/signings/agreements/{paper}/sign", new { signedOn = "2023-09-28" })).Must(200);
            await desk.Confirm(paper);
            var first = (await staff.Post("api/projects/capital", new { projectId = project, arrivedOn = "2023-11-01", amount = Desk.Yuan(10_000_000.50m), evidence = "bank-slip", evidenceNumber = $"{desk.Mark}-A" })).Must(201).Id;
            (await Site.Staff2.Post($"api/projects/capital/{first}/confirm")).Must(200);
            object Dollars(decimal value) => new { value, currency = "USD" };
            (await staff.Post("api/projects/capital", new
            {
                projectId = project,
                arrivedOn = "2023-11-05",
                amount = Dollars(1_000_000),
                fixedAssets = Dollars(100_000),
                rate = 7.1798m,
                rateSource = "中国外汇交易中心",
                evidence = "equipment-list",
                evidenceNumber = $"{desk.Mark}-B",
            })).Must(201);

            var code = NewEnterprise.CreditCode();
            var enterprise = (await staff.Post("api/projects/enterprises", new { name = $"旧名 {desk.Mark}", creditCode = code, registeredOn = "2023-10-01", registeredCapital = Desk.Yuan(10_000_000), industry = "microelectronics" })).Must(201).Id;
            async Task Tell(string command, object body, int status = 200) => (await staff.Post($"api/projects/enterprises/{enterprise}/{command}", body)).Must(status);
            await Tell("link", new { projectId = project });
            await Tell("rename", new { name = $"新名 {desk.Mark}" });
            await Tell("chain", new { chain = "集成电路", role = "leader" });
            await Tell("admit", new { carrier = "某孵化器", kind = "incubator", level = "national", on = "2023-11-01" });
            await Tell("designations", new { kind = "innovative-sme", authority = "省经信厅", number = "甲", grantedOn = "2023-12-01", expiresOn = "2099-11-30" }, 201);
            await Tell("designations", new { kind = "high-tech", authority = "省科技厅", number = "乙", grantedOn = "2023-12-01", expiresOn = "2099-11-30" }, 201);
            // One that is over: it is not what the enterprise is today.
            await Tell("designations", new { kind = "national-little-giant", authority = "工信部", number = "丙", grantedOn = "2023-12-01", expiresOn = "2024-11-30" }, 201);

            var obligation = (await staff.Post("api/signings/obligations", new { agreementId = paper, kind = "tax-per-mu", dueOn = "2024-03-31", amount = Desk.Yuan(300_000.25m) })).Must(201).Id;
            (await staff.Post("api/signings/obligations", new { agreementId = paper, kind = "other", dueOn = "2099-03-31", text = $"不得转让土地 {desk.Mark}" })).Must(201);
            // Signings learns a project's name from Projects' events.
            await Eventually(async () => (await Site.Auditor.Get($"api/signings/obligations?agreement={paper}")).Must(200).Items.ShouldAllBe(item => item["projectName"] != null));
            return new(desk.Mark, code, project, paper, first, enterprise, obligation);
        }

        /// <summary>The letters of the arrivals that are found, in their order.</summary>
        public async Task<IReadOnlyList<string>> Numbers(string query) =>
            [.. (await Site.Auditor.Get($"api/projects/capital?q={Mark}{query}")).Must(200).Items.Select(item => item["entry"]!.Text("evidenceNumber")[(Mark.Length + 1)..])];

        /// <summary>By every way there is: none of them leaves one out, and none lets one through.</summary>
        public Task IsFoundBy(Api api, bool found) => Eventually(async () =>
        {
            foreach (var (service, path, kind, id) in Records)
            {
                var words = kind == "enterprise" ? Code : Mark;
                (await Listed(api, $"{path}?q={words}")).Contains(id).ShouldBe(found, path);
                (await api.Get($"{path}?q={words}")).Must(200)["total"].GetValue<int>().ShouldBe(found ? kind == "enterprise" ? 1 : 2 : 0, path);
                (await Csv(api, $"{path["api/".Length..]}/export?q={words}")).Contains(Mark, StringComparison.Ordinal).ShouldBe(found, path);
                (await Found(api, service, words)).Contains((kind, id)).ShouldBe(found, kind);
                foreach (var way in (string[])["", "?version=1", "/history"]) (await api.Get($"{path}/{id}{way}")).Status.ShouldBe(found ? 200 : 404, $"{path} {way}");
            }
            // An earlier name is a name, and what an agreement obliges to is found by its own words.
            (await Found(api, "projects", $"旧名 {Mark}")).Contains(("enterprise", Enterprise)).ShouldBe(found);
            (await Found(api, "signings", $"转让土地 {Mark}")).Any(hit => hit.Kind == "obligation").ShouldBe(found);
        }, TimeSpan.FromSeconds(20));

        private (string Service, string Path, string Kind, Guid Id)[] Records =>
            [("projects", "api/projects/capital", "capital", Capital), ("projects", "api/projects/enterprises", "enterprise", Enterprise), ("signings", "api/signings/obligations", "obligation", Obligation)];

        private static async Task<IEnumerable<Guid>> Listed(Api api, string path) =>
            (await api.Get(path)).Must(200).Items.Select(item => Guid.Parse((item["entry"] ?? item).Text("id")));
    }
}
