using System.Text;
using System.Text.Json.Nodes;
using Luodi.SystemTests.Faults;
using Luodi.SystemTests.Http;
using Npgsql;

namespace Luodi.SystemTests.Audit;

/// <summary>Texts that the law wants gone are gone from every database, and nothing that was proved is proved less. Nothing else runs meanwhile.</summary>
[Collection(nameof(OneFaultAtATime))]
public sealed class ErasingTests : IDisposable
{
    private const string Basis = "个人信息保护法第四十七条，本人书面申请";

    private readonly string _folder = Directory.CreateTempSubdirectory("luodi-erasing").FullName;

    private static Site Site => Site.Here;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_is_erased_from_all_that_is_kept_and_every_proof_holds()
    {
        await Site.Mend();
        var desk = await Desk.Open();
        // No two of them are alike, and none stands in anything else.
        string[] names = [.. Enumerable.Range(0, 4).Select(_ => $"某自然人{Guid.CreateVersion7():N}")];
        var (name, investor, counterparty, party) = (names[0], names[1], names[2], names[3]);
        var neighbour = await desk.Project();
        var project = (await Site.Staff.Post("api/projects", new { name, industry = "other", investor, expectedInvestment = Desk.Yuan(90_000_000) }, ("Idempotency-Key", Guid.CreateVersion7().ToString()))).Must(201).Id;
        var digest = await Site.Ask<string>("projects", "select data->>'request' from projects.mt_doc_firstanswer where data->>'body' like $1", $"%{project}%");
        var number = desk.NextNumber();
        object Paper(string key) => new { number = key, projectId = project, ceremonyId = desk.Ceremony, counterparty, amount = Desk.Yuan(90_000_000), parties = new[] { party } };
        await Eventually(async () => (await Site.Staff.Post("api/signings/agreements", Paper(number))).Status.ShouldBeOneOf(201, 409));
        var agreement = (await Site.Staff.Get($"api/signings/agreements?q={counterparty}")).Must(200).Items.ShouldHaveSingleItem()["id"]!.GetValue<Guid>();
        (await Site.Staff.Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" })).Must(200);
        await desk.Confirm(agreement);
        await desk.Shows(1, 90_000_000, 0);
        await AuditDesk.Signed();
        var figures = (await desk.Report()).Must(200).ButForThePosition;
        var lead = (await Site.Auditor.Get($"api/projects/{project}/history")).Must(200).Items[0];
        var draft = (await desk.HistoryOf(agreement))[0];

        // Asked for, and decided on by somebody else.
        await Refused(lead, ["name", "projectId"], "text-must-stay", "texts");
        await Refused(lead, ["name", name], "path-of-no-text", "texts");
        await Refused(draft, ["number"], "text-must-stay", "texts");
        (await Site.Auditor.Post("api/audit/erasures", new { eventId = lead.Text("eventId"), texts = Texts("name"), basis = $"应{name}要求" })).MustRefuse(422, "text-said-again", "basis").Text.ShouldNotContain(name);
        (await Site.Auditor.Post("api/audit/erasures", new { eventId = Guid.CreateVersion7(), texts = Texts("name"), basis = Basis })).MustRefuse(422, "erasure-of-unknown-event", "eventId");
        var first = await Ask(Site.Auditor, lead, "name");
        (await Site.Manager.Post("api/audit/erasures", new { eventId = lead.Text("eventId"), texts = Texts("investor"), basis = Basis })).MustRefuse(409, "erasure-asked-already");
        (await Site.Auditor.Post($"api/audit/erasures/{first}/approve")).MustRefuse(409, "erasure-asked-by-yourself");
        (await Site.Manager.Post($"api/audit/erasures/{first}/withdraw")).MustRefuse(409, "erasure-asked-by-another");
        (await Site.Manager.Post($"api/audit/erasures/{first}/refuse", new { reason = "投资方也须删除" })).Must(200);
        (await Site.Auditor.Post($"api/audit/erasures/{first}/withdraw")).MustRefuse(409, "erasure-decided");
        Guid[] erasures = [await Ask(Site.Auditor, lead, "name", "investor"), await Ask(Site.Manager, draft, "counterparty", "parties.0", "projectName")];
        (await Site.Auditor.Get($"api/audit/erasures/{erasures[0]}")).Must(200).Rows("alsoIn").Select(also => also.Text("eventId")).ShouldBe([draft.Text("eventId")]);
        (await Site.Manager.Post($"api/audit/erasures/{erasures[0]}/approve")).Must(200);
        (await Site.Auditor.Post($"api/audit/erasures/{erasures[1]}/approve")).Must(200);
        await AuditDesk.Signed();
        // Nothing is gone yet, and that is no finding.
        (await Where(name)).ShouldNotBeEmpty();
        (await AuditDesk.Reconcile()).Rows("findings").ShouldBeEmpty();

        // The operator begins, is cut off after the first service, and runs it all; once more changes nothing.
        await Verb("projects");
        (await AuditDesk.Reconcile()).Rows("findings").ShouldBeEmpty();
        await Site.Run(Path.Combine(Site.Checkout, "deploy", "erase"), []);
        await Site.Run(Path.Combine(Site.Checkout, "deploy", "erase"), []);
        foreach (var gone in names.Append(digest)) (await Where(gone)).ShouldBeEmpty();
        foreach (var erasure in erasures) (await Site.Manager.Get($"api/audit/erasures/{erasure}")).Must(200)["erasure"].Text("state").ShouldBe("erased");
        (await Site.Manager.Post("api/audit/erasures", new { eventId = lead.Text("eventId"), texts = Texts("name"), basis = Basis })).MustRefuse(409, "payload-erased-already");

        // Everything goes on: figures, the records themselves, what is logged of them later, and a ledger made anew.
        await AuditDesk.Signed();
        (await desk.Report()).Must(200).ButForThePosition.ShouldBe(figures.Replace(counterparty, Mark, StringComparison.Ordinal));
        (await Site.Staff.Get($"api/projects/{project}")).Must(200).Json!.Text("name").ShouldBe(Mark);
        (await Site.Staff.Get($"api/signings/agreements/{agreement}")).Must(200).Json!.Text("counterparty").ShouldBe(Mark);
        await desk.Amend(agreement, 110_000_000);
        await desk.Confirm(agreement);
        await desk.Shows(1, 110_000_000, 1);
        await Site.Run("dotnet", [Site.Program("Reporting"), "verify"], await Owner("reporting"));
        await AuditDesk.Signed();
        (await AuditDesk.Reconcile()).Rows("findings").ShouldBeEmpty();
        foreach (var gone in names) (await Where(gone)).ShouldBeEmpty();

        // The proofs of both, and of what stands beside them.
        var beside = (await Site.Auditor.Get($"api/projects/{neighbour}/history")).Must(200).Items[0];
        await Proved(lead, "1 are erased");
        await Proved(draft, "1 are erased");
        await Proved(beside, "1 events");
        (await Site.Auditor.Get($"api/audit/entries/{lead.Text("eventId")}")).Must(200).Json!["data"].ShouldBeNull();
        // A figure that hangs on one of them is not proved any more, and the verifier says why.
        await File.WriteAllBytesAsync(Path.Combine(_folder, "pack.zip"), await Evidence.Bytes($"evidence.zip?ceremony={desk.Ceremony}&tier=agreement&status=confirmed"), Ct);
        (await Evidence.Verify(_folder, 1)).ShouldContain("whose draft is not there");

        // Under the cover of an erasure nothing else is changed unseen.
        await using var store = Site.Server("signings");
        await Run(store, $"update signings.mt_events set data = jsonb_set(data, '{{amount,value}}', '91000000.00') where id = '{draft.Text("eventId")}'");
        (await AuditDesk.Reconcile()).Rows("findings").ShouldHaveSingleItem().ToJsonString().ShouldContain("\"changed\"");
        await Run(store, $"update signings.mt_events set data = jsonb_set(data, '{{amount,value}}', '90000000.00') where id = '{draft.Text("eventId")}'");
        await using var log = Site.Server("audit");
        var payload = await Site.Ask<byte[]>("audit", "select payload from audit.log_entry where event_id = $1", Guid.Parse(beside.Text("eventId")));
        await Run(log, $"update audit.log_entry set payload = null where event_id = '{beside.Text("eventId")}'");
        var findings = (await AuditDesk.Reconcile()).Rows("findings");
        await Run(log, $"update audit.log_entry set payload = decode('{Convert.ToHexString(payload)}', 'hex') where event_id = '{beside.Text("eventId")}'");
        findings.ShouldHaveSingleItem().Text("kind").ShouldBe("payload-gone");
        (await AuditDesk.Reconcile()).Rows("findings").ShouldBeEmpty();
        await Site.AllHealthy();
    }

    [Fact]
    public async Task What_reads_like_a_login_or_a_stage_goes_from_its_field_alone_and_what_cannot_be_known_is_told()
    {
        await Site.Mend();
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed();
        await desk.Shows(1, 90_000_000, 0);
        var code = NewEnterprise.CreditCode();
        var enterprise = (await Site.Staff.Post("api/projects/enterprises", new { name = $"示例企业 {desk.Mark}", creditCode = code, registeredOn = "2022-03-01", industry = "other" }, ("Idempotency-Key", Guid.CreateVersion7().ToString()))).Must(201).Id;
        var project = await desk.Project();
        Guid[] fields = [await OwnFieldsTests.Define(desk, "来电人", "text"), await OwnFieldsTests.Define(desk, "备注", "text"), await OwnFieldsTests.Define(desk, "负荷", "number")];
        try
        {
            foreach (var (field, value) in fields.Zip((string[])["staff", "lead", "1200.5"])) (await Site.Staff.Post($"api/projects/{project}/fill", new { fields = new Dictionary<Guid, string> { [field] = value } }, ("Idempotency-Key", Guid.CreateVersion7().ToString()))).Must(200);
            await AuditDesk.Signed();
            var registered = (await Site.Auditor.Get($"api/projects/enterprises/{enterprise}/history")).Must(200).Items[0];
            List<Guid> erasures = [await Ask(Site.Auditor, registered, "creditCode")];
            foreach (var filled in (await Site.Auditor.Get($"api/projects/{project}/history")).Must(200).Items.Skip(1)) erasures.Add(await Ask(Site.Auditor, filled, "to"));
            foreach (var erasure in erasures) (await Site.Manager.Post($"api/audit/erasures/{erasure}/approve")).Must(200);
            await AuditDesk.Signed();

            // Sums that do not follow from the journal are not switched in, nor away, under the cover of an erasure.
            await Verb("projects");
            await using var ledger = Site.Server("reporting");
            await Run(ledger, $"update reporting.posting set delta_amount = delta_amount + 1 where position = (select min(position) from reporting.posting where agreement = '{agreement}')");
            var refused = await Record.ExceptionAsync(() => Verb("reporting"));
            await Run(ledger, $"update reporting.posting set delta_amount = delta_amount - 1 where position = (select min(position) from reporting.posting where agreement = '{agreement}')");
            refused.ShouldNotBeNull().Message.ShouldContain("nothing was switched");
            await Site.Run(Path.Combine(Site.Checkout, "deploy", "erase"), []);

            var left = (await Site.Staff.Get($"api/projects/{project}")).Must(200).Json!;
            left.ShouldSatisfyAllConditions(each => each.Text("owner").ShouldBe("staff"), each => each.Text("stage").ShouldBe("lead"));
            foreach (var field in fields) left["fields"]!.Text($"{field}").ShouldBe(Mark);
            (await Site.Auditor.Get($"api/projects/export?q={desk.Mark}&columns=name,owner,field.{fields[2]}&format=csv")).Must(200).Text.ShouldContain($",staff,{Mark}\r\n");
            (await Where(code)).ShouldBeEmpty();
            (await Site.Ask<long>("projects", "select count(*) from projects.mt_doc_firstanswer where data->>'request' <> '' and (data->>'body' like $1 or data->>'body' like $2)", $"%{project}%", $"%{enterprise}%")).ShouldBe(0);
            await AuditDesk.Signed();
            (await AuditDesk.Reconcile()).Rows("findings").ShouldBeEmpty();

            // As after a backup of before it: what was in the event, no one can say any more.
            await using var store = Site.Server("signings");
            await Run(store, $"delete from signings.erased where event_id = '{registered.Text("eventId")}'");
            (await Record.ExceptionAsync(() => Verb("signings"))).ShouldNotBeNull().Message.ShouldContain(registered.Text("eventId"));
            await Run(store, $"insert into signings.erased values ('{registered.Text("eventId")}')");
            await Verb("signings");
        }
        finally
        {
            await OwnFieldsTests.Retire(fields);
        }
    }

    [Fact]
    public async Task What_was_asked_for_is_withdrawn_and_asked_for_anew()
    {
        var project = await (await Desk.Open()).Project();
        await AuditDesk.Signed();
        var lead = (await Site.Auditor.Get($"api/projects/{project}/history")).Must(200).Items[0];
        var asked = await Ask(Site.Manager, lead, "name");
        (await Site.Manager.Post($"api/audit/erasures/{asked}/withdraw")).Must(200);
        (await Site.Manager.Post($"api/audit/erasures/{await Ask(Site.Manager, lead, "name")}/withdraw")).Must(200);
        // On what basis is for those alone who decide on it.
        await Eventually(async () => (await Site.Manager.Get($"api/reporting/events?subject={asked}")).Must(200).Items.Count.ShouldBe(2));
        (await Site.Staff.Get($"api/reporting/events?subject={asked}")).Must(200).Items.ShouldBeEmpty();
        (await Site.Manager.Get($"api/audit/erasures?eventId={lead.Text("eventId")}&state=withdrawn")).Must(200).Items.Count.ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private const string Mark = "〔依法删除〕";

    private static string[] Texts(params string[] paths) => paths;

    private static async Task Refused(JsonNode about, string[] texts, string type, string field) =>
        (await Site.Auditor.Post("api/audit/erasures", new { eventId = about.Text("eventId"), texts, basis = Basis })).MustRefuse(422, type, field).Text.ShouldNotContain("某自然人");

    private static async Task<Guid> Ask(Api who, JsonNode about, params string[] texts) =>
        (await who.Post("api/audit/erasures", new { eventId = about.Text("eventId"), texts, basis = Basis }, ("Idempotency-Key", Guid.CreateVersion7().ToString()))).Must(201).Id;

    private static async Task<(string, string)[]> Owner(string service) => [.. (await Site.EnvironmentOf(service)).Concat(await Site.OwnerOf(service)).Select(pair => (pair.Key, pair.Value))];

    private static async Task Verb(string service) => await Site.Run("dotnet", [Site.Program($"{char.ToUpperInvariant(service[0])}{service[1..]}"), "erase"], await Owner(service));

    private static async Task Run(NpgsqlDataSource server, string sql)
    {
        await using var command = server.CreateCommand(sql);
        (await command.ExecuteNonQueryAsync(Ct)).ShouldBe(1, sql);
    }

    /// <summary>Every table of every database that holds the text, in whatever column; bytes too.</summary>
    private static async Task<IReadOnlyList<string>> Where(string text)
    {
        var found = new List<string>();
        foreach (var service in Site.Services)
        {
            await using var server = Site.Server(service);
            var tables = new List<string>();
            await using (var all = server.CreateCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
            await using (var row = await all.ExecuteReaderAsync(Ct))
            {
                while (await row.ReadAsync(Ct)) tables.Add(row.GetString(0));
            }
            foreach (var table in tables)
            {
                await using var look = server.CreateCommand($"select count(*) from {table} t where position($1 in t::text) > 0 or position($2 in t::text) > 0");
                look.Parameters.Add(new() { Value = text });
                look.Parameters.Add(new() { Value = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)) });
                if ((long)(await look.ExecuteScalarAsync(Ct))! > 0) found.Add($"{service}: {table}");
            }
        }
        return found;
    }

    /// <summary>The event's proof as a file, and a pack of it in the hands of luodi-verify.</summary>
    private async Task Proved(JsonNode about, string says)
    {
        (await Site.Auditor.Get($"api/audit/proofs/{about.Text("eventId")}")).Must(200).Text.ShouldStartWith("c2sp.org/tlog-proof@v1\n");
        await Evidence.Pin(_folder);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "pack.zip"), await Evidence.Bytes($"evidence.zip?event={about.Text("eventId")}"), Ct);
        (await Evidence.Verify(_folder, 0)).ShouldContain(says);
    }
}
