using System.Text.Json.Nodes;
using Npgsql;

namespace Luodi.SystemTests.Audit;

/// <summary>Who a contact was is gone for ever once two persons have had it forgotten; that they did stands in a history that is proved as before.</summary>
public sealed class ForgettingTests
{
    private static readonly string[] Databases = [.. Site.Services];

    private static Site Site => Site.Here;

    [Fact]
    public async Task A_contact_that_two_persons_forget_is_in_no_table_and_every_proof_of_its_project_holds()
    {
        var project = await (await Desk.Open()).Project();
        var (name, phone, note) = ($"联系人（示例）{Desk.NewMark()}", $"0573 {Random.Shared.NextInt64(10_000_000_000, 99_999_999_999)}", Desk.NewMark());
        var key = Guid.CreateVersion7().ToString();
        object entered = new { name, position = "驻场代表", phone, email = $"{Desk.NewMark()}@example.com" };
        var contact = (await Site.Staff.Send(HttpMethod.Post, $"api/projects/{project}/contacts", entered, ("Idempotency-Key", key))).Must(201).Id;
        (await Tell(Site.Staff, "change-contact", new { contactId = contact, name, phone, note })).Must(200);
        (await Of(project)).ShouldSatisfyAllConditions(each => each.Text("name").ShouldBe(name), each => each.Text("phone").ShouldBe(phone), each => each.Text("note").ShouldBe(note), each => each["email"].ShouldBeNull());
        foreach (var words in (string[])[name, phone])
        {
            (await Site.Staff.Get($"api/projects?q={Uri.EscapeDataString(words)}")).Must(200).Items.ShouldHaveSingleItem().Text("id").ShouldBe(project.ToString());
            (await Site.Staff.Get($"api/projects/search?q={Uri.EscapeDataString(words)}")).Must(200).Items.ShouldHaveSingleItem().Text("id").ShouldBe(project.ToString());
        }
        var digest = await Site.Ask<string>("projects", "select data->>'request' from projects.mt_doc_firstanswer where id = $1", $"staff {key}");
        (await Kept(phone)).ShouldContain("projects.projects.mt_doc_contact.data");

        (await Tell(Site.Staff, "request-forgetting", new { contactId = contact, basis = name })).MustRefuse(422, "forgetting-basis-unknown", "basis");
        (await Tell(Site.Staff, "request-forgetting", new { contactId = contact, basis = "person-asked" })).Must(200);
        (await Tell(Site.Staff, "forget-contact", new { contactId = contact })).MustRefuse(409, "forgetting-asked-by-yourself");
        (await Tell(Site.Auditor, "forget-contact", new { contactId = contact })).Must(403);
        (await Waits(Site.Manager)).ShouldBeTrue();
        (await Waits(Site.Staff2)).ShouldBeTrue();
        (await Waits(Site.Staff)).ShouldBeFalse();
        (await Of(project)).Text("name").ShouldBe(name);
        (await Tell(Site.Manager, "refuse-forgetting", new { contactId = contact, because = "not-shown" })).Must(200);
        (await Tell(Site.Staff, "request-forgetting", new { contactId = contact, basis = "person-asked" })).Must(200);
        // Members that a command does not know are in the digest of its request all the same.
        (await Tell(Site.Staff, "change-contact", new { contactId = contact, name, phone, note })).Must(200);
        (await Tell(Site.Staff, "remove-contact", new { contactId = contact, name, phone })).Must(200);
        (await Tell(Site.Staff, "remove-contact", new { contactId = contact, name, phone })).Must(200);
        (await Digests()).ShouldBe(8);
        (await Tell(Site.Manager, "forget-contact", new { contactId = contact })).Must(200);

        (await Digests()).ShouldBe(0);
        (await Waits(Site.Manager)).ShouldBeFalse();
        foreach (var value in (string[])[name, phone, note, digest]) (await Kept(value)).ShouldBeEmpty(value);
        var left = await Of(project);
        (left.Text("status"), left["name"], left["phone"]).ShouldBe(("forgotten", null, null));
        left["forgetting"]!.ShouldSatisfyAllConditions(how => how.Text("basis").ShouldBe("person-asked"), how => how.Text("askedBy").ShouldBe("staff"), how => how.Text("confirmedBy").ShouldBe("manager"), how => how["confirmedOn"].ShouldNotBeNull());
        (await Site.Staff.Get($"api/projects?q={Uri.EscapeDataString(phone)}")).Must(200).Items.ShouldBeEmpty();
        (await Tell(Site.Staff, "change-contact", new { contactId = contact, name })).MustRefuse(409, "already-forgotten");
        // The first request, come again, brings nobody back.
        (await Site.Staff.Send(HttpMethod.Post, $"api/projects/{project}/contacts", entered, ("Idempotency-Key", key))).MustRefuse(422, "idempotency-key-reused", "Idempotency-Key");

        var history = (await Site.Auditor.Get($"api/projects/{project}/history")).Must(200).Items;
        history.Select(item => (item.Text("type"), item.Text("actor"))).ShouldBe(
        [
            ("lead_registered", "staff"), ("contact_added", "staff"), ("contact_changed", "staff"), ("contact_forgetting_requested", "staff"), ("contact_forgetting_refused", "manager"),
            ("contact_forgetting_requested", "staff"), ("contact_removed", "staff"), ("contact_forgotten", "manager"),
        ]);
        history[2]["data"]!["fields"]!.AsArray().Select(field => field!.GetValue<string>()).ShouldBe(["position", "email", "note"]);
        history[7]["data"]!.Text("basis").ShouldBe("person-asked");
        await AuditDesk.Signed();
        await Eventually(async () => (await Site.Auditor.Get($"api/reporting/events?subject={project}&type=contact_forgotten")).Must(200).Items.ShouldNotBeEmpty());
        // That somebody was there is known everywhere, and found by the same search.
        var marked = await Kept(contact.ToString());
        foreach (var column in (string[])["projects.projects.mt_events.data", "projects.projects.mt_doc_project.data", "reporting.reporting.mt_events.data", "audit.audit.log_entry.payload"]) marked.ShouldContain(column);
        foreach (var item in history)
        {
            (await Site.Auditor.Get($"api/audit/proofs/{item.Text("eventId")}")).Must(200);
            JsonNode.DeepEquals((await Site.Auditor.Get($"api/audit/entries/{item.Text("eventId")}")).Must(200)["data"], item["data"]).ShouldBeTrue();
        }
        (await AuditDesk.Reconcile()).Rows("findings").ShouldBeEmpty();

        // The last request says whom alone.
        async Task<long> Digests() => await Site.Ask<long>("projects", "select count(*) from projects.mt_doc_firstanswer where data->>'request' not in ('', $2) and (data->>'body' like $1 or data->>'body' like $3)", $"%{project}%", Digest($"POST /api/projects/{project}/forget-contact\n{{\"contactId\":\"{contact}\"}}"), $"%{contact}%");
        async Task<bool> Waits(Api second) => (await second.Get("api/projects/work/contacts?limit=200")).Must(200).Items.Any(item => item.Text("id") == project.ToString());
        // As the portal does, each with a key.
        Task<Answer> Tell(Api who, string command, object body) => who.Post($"api/projects/{project}/{command}", body, ("Idempotency-Key", Guid.CreateVersion7().ToString()));
    }

    [Fact]
    public async Task Contacts_of_a_duplicate_stand_with_the_record_that_stands_for_it_for_who_sees_both()
    {
        var desk = await Desk.Open();
        var (standing, duplicate) = (await desk.Project(), await desk.Project());
        var phone = $"0573 {Random.Shared.NextInt64(10_000_000_000, 99_999_999_999)}";
        var contact = (await Site.Staff.Post($"api/projects/{duplicate}/contacts", new { name = $"联系人（示例）{desk.Mark}", phone })).Must(201).Id;
        (await Site.Manager.Post($"api/projects/{duplicate}/merge", new { intoId = standing, reason = "同一项目" })).Must(200);
        var found = await Of(standing);
        (found.Text("id"), found.Text("projectId")).ShouldBe((contact.ToString(), duplicate.ToString()));
        (await Site.Staff.Get($"api/projects?q={Uri.EscapeDataString(phone)}")).Must(200).Items.ShouldHaveSingleItem().Text("id").ShouldBe(standing.ToString());
        // Who is shown the standing record alone learns nothing of the other one's contacts.
        (await Site.Manager.Post($"api/projects/{standing}/share", new { department = "investment-2" })).Must(200);
        var other = Site.With(Tokens.Issue(Site, "staff3", role: "staff", department: "investment-2"));
        (await other.Get($"api/projects/{standing}/contacts")).Must(200).Items.ShouldBeEmpty();
        (await other.Get($"api/projects?q={Uri.EscapeDataString(phone)}")).Must(200).Items.ShouldBeEmpty();
        (await other.Get($"api/projects/search?q={Uri.EscapeDataString(phone)}")).Must(200).Items.ShouldBeEmpty();
        (await other.Post($"api/projects/{standing}/contacts", new { name = "x" })).MustRefuse(404, "not-found");
        // It is still forgotten under the record where it was logged; added is none there.
        (await Site.Staff.Post($"api/projects/{duplicate}/contacts", new { name = "x" })).MustRefuse(409, "merged-away");
        (await Site.Staff.Post($"api/projects/{duplicate}/request-forgetting", new { contactId = contact, basis = "purpose-ended" })).Must(200);
        (await Site.Staff2.Post($"api/projects/{duplicate}/forget-contact", new { contactId = contact })).Must(200);
        (await Of(standing)).Text("status").ShouldBe("forgotten");
    }

    private static string Digest(string request) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(request)));

    private static async Task<JsonNode> Of(Guid project) => (await Site.Staff.Get($"api/projects/{project}/contacts")).Must(200).Items.ShouldHaveSingleItem();

    /// <summary>Which columns of all databases hold the text, as text, in JSON or as bytes; what PostgreSQL remembers of columns too.</summary>
    private static async Task<IReadOnlyList<string>> Kept(string text)
    {
        var found = new List<string>();
        foreach (var database in Databases)
        {
            await using var server = Site.Server(database);
            var columns = new List<(string Column, string Search)>();
            await using (var all = server.CreateCommand("""
                select table_schema || '.' || table_name || '.' || column_name, format('select exists (select 1 from %I.%I where %s)', table_schema, table_name,
                  case when data_type = 'bytea' then format('position($1::bytea in %I) > 0', column_name) else format('position($2 in %I::text) > 0', column_name) end)
                from information_schema.columns join information_schema.tables using (table_schema, table_name)
                where table_type = 'BASE TABLE' and (table_schema not in ('pg_catalog', 'information_schema') or table_name = 'pg_statistic')
                  and (data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY', 'anyarray', 'name') or (table_name = 'pg_statistic' and column_name like 'stavalues%'))
                """))
            await using (var row = await all.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            {
                while (await row.ReadAsync(TestContext.Current.CancellationToken)) columns.Add((row.GetString(0), row.GetString(1)));
            }
            columns.Count.ShouldBeGreaterThan(20);
            foreach (var (column, search) in columns)
            {
                await using var asked = server.CreateCommand(search);
                asked.Parameters.Add(new() { Value = System.Text.Encoding.UTF8.GetBytes(text) });
                asked.Parameters.Add(new() { Value = text, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
                try
                {
                    if (await asked.ExecuteScalarAsync(TestContext.Current.CancellationToken) is true) found.Add($"{database}.{column}");
                }
                // Somebody else's table, gone meanwhile.
                catch (PostgresException gone) when (gone.SqlState is "42P01" or "3F000")
                {
                }
            }
        }
        return found;
    }
}
