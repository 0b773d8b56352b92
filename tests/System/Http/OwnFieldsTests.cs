using Luodi.SystemTests.Faults;

namespace Luodi.SystemTests.Http;

/// <summary>Fields of the bureau's own: defined by a manager, filled in by staff, found in lists, files and searches, read as they were.</summary>
public sealed class OwnFieldsTests
{
    private static readonly string[] OneOption = ["出让"];

    private static Site Site => Site.Here;

    [Fact]
    public async Task What_stands_in_a_field_is_listed_filtered_found_and_written_to_a_file()
    {
        var desk = await Desk.Open();
        var (land, power, visit) = (await Define(desk, "用地", "choice", "出让", "租赁"), await Define(desk, "负荷", "number"), await Define(desk, "来访", "date"));
        try
        {
            var (first, second) = (await desk.Project(), await desk.Project());
            await Fill(first, (land, "出让"), (power, "1200.50"), (visit, "2026-03-31"));
            await Fill(second, (land, "租赁"));
            (await Site.Auditor.Get($"api/projects/{first}")).Must(200)["fields"][$"{power}"]!.GetValue<string>().ShouldBe("1200.5");

            (await Site.Auditor.Get($"api/projects?q={desk.Mark}&field.{land}=出让")).Must(200).Items.ShouldHaveSingleItem()["id"]!.GetValue<Guid>().ShouldBe(first);
            (await Site.Auditor.Get($"api/projects?q={desk.Mark}&field.{land}=出让&field.{power}=1")).Must(200).Items.ShouldBeEmpty();
            (await Site.Auditor.Get($"api/projects?q={desk.Mark}&field.x=出让&field.{power}='")).Must(200).Items.ShouldBeEmpty();
            (await Site.Auditor.Get($"api/projects?q={desk.Mark}+1200.5")).Must(200).Items.ShouldHaveSingleItem();
            (await Site.Auditor.Get($"api/projects/search?q={desk.Mark}+租赁")).Must(200).Items.ShouldHaveSingleItem()["id"]!.GetValue<Guid>().ShouldBe(second);

            var csv = (await Site.Auditor.Get($"api/projects/export?q={desk.Mark}&columns=name,field.{land},field.{power},field.{visit}&format=csv")).Must(200).Text;
            csv.ShouldContain($"项目名称,用地 {desk.Mark},负荷 {desk.Mark},来访 {desk.Mark}\r\n");
            csv.ShouldContain(",出让,1200.5,2026-03-31\r\n");
            csv.ShouldContain(",租赁,,\r\n");
            (await Site.Auditor.Get($"api/projects/export?q={desk.Mark}")).Must(200).Headers["Content-Type"].ShouldContain("spreadsheetml");

            // As it was: each version has the values of then.
            await Fill(first, (land, null));
            (await Site.Auditor.Get($"api/projects/{first}")).Must(200)["fields"].AsObject().ContainsKey($"{land}").ShouldBeFalse();
            var history = (await Site.Auditor.Get($"api/projects/{first}/history")).Must(200).Items;
            history.Select(item => item.Text("type")).ShouldBe(["lead_registered", "project_field_filled", "project_field_filled", "project_field_filled", "project_field_filled"]);
            (await Site.Auditor.Get($"api/projects/{first}?version={history.Count - 1}")).Must(200)["fields"][$"{land}"]!.GetValue<string>().ShouldBe("出让");
            (history[^1]["data"]!.Text("name"), history[^1]["data"]!.Text("from")).ShouldBe(($"用地 {desk.Mark}", "出让"));
        }
        finally
        {
            await Retire(land, power, visit);
        }
    }

    [Fact]
    public async Task Each_value_is_refused_at_its_field_and_nothing_is_half_done()
    {
        var desk = await Desk.Open();
        var (land, power) = (await Define(desk, "用地", "choice", "出让", "租赁"), await Define(desk, "负荷", "number"));
        try
        {
            var project = await desk.Project();
            var refused = (await Site.Staff.Post($"api/projects/{project}/fill", Values((land, "划拨"), (power, "很大")))).MustRefuse(422, "invalid-fields", $"{land}");
            refused["errors"].AsObject().ShouldContainKey($"{power}");
            (await Site.Staff.Post($"api/projects/{project}/fill", Values((land, "出让"), (power, "很大")))).MustRefuse(422, "number-malformed", $"{power}");
            (await Site.Auditor.Get($"api/projects/{project}")).Must(200)["fields"].AsObject().ShouldBeEmpty();
            (await Site.Staff.Post($"api/projects/{project}/fill", Values((project, "x")))).MustRefuse(422, "field-unknown", $"{project}");
            (await Site.Staff.Post($"api/projects/{project}/fill", """{"fields":{"no id":"x"}}""")).Must(400);

            // Of another department nobody finds it, and a manager defines and does not fill in.
            (await Site.With(Tokens.Issue(Site, "staff3", role: "staff", department: "investment-2")).Post($"api/projects/{project}/fill", Values((land, "出让")))).Must(404);
            (await Site.Manager.Post($"api/projects/{project}/fill", Values((land, "出让")))).Must(403);

            await Fill(project, (land, "租赁"));
            (await Site.Manager.Post($"api/projects/fields/{land}/change", new { name = $"供地 {desk.Mark}", options = OneOption, required = false })).Must(200);
            (await Site.Staff.Post($"api/projects/{project}/fill", Values((land, "租赁")))).Must(200);
            await Fill(project, (land, "出让"));
            (await Site.Staff.Post($"api/projects/{project}/fill", Values((land, "租赁")))).MustRefuse(422, "not-an-option", $"{land}");

            await Retire(land);
            (await Site.Staff.Post($"api/projects/{project}/fill", Values((land, null)))).MustRefuse(422, "field-retired", $"{land}");
            (await Site.Auditor.Get($"api/projects/{project}")).Must(200)["fields"][$"{land}"]!.GetValue<string>().ShouldBe("出让");
            (await Site.Manager.Post($"api/projects/fields/{land}/take-up")).Must(200);
        }
        finally
        {
            await Retire(land, power);
        }
        var fields = (await Site.Auditor.Get("api/projects/fields")).Must(200);
        var own = fields.Items.Single(field => field["id"]!.GetValue<Guid>() == land);
        (own.Text("name"), own["retired"]!.GetValue<bool>(), own["retiredOptions"]!.AsArray().Single()!.GetValue<string>()).ShouldBe(($"供地 {desk.Mark}", true, "租赁"));
        (await Site.Auditor.Get($"api/projects/fields/{fields.Id}/history")).Must(200).Items.Where(item => item["data"]!["fieldId"]!.GetValue<Guid>() == land).Select(item => item.Text("type"))
            .ShouldBe(["project_field_defined", "project_field_changed", "project_field_retired", "project_field_taken_up", "project_field_retired"]);
        // Only their own history is read by this way.
        (await Site.Auditor.Get($"api/projects/fields/{await desk.Project()}/history")).Must(404);
        (await Site.Manager.Post($"api/projects/fields/{desk.Ceremony}/retire", new { reason = "x" })).Must(404);
    }

    internal static async Task<Guid> Define(Desk desk, string name, string kind, params string[] options) =>
        (await Site.Manager.Post("api/projects/fields", new { name = $"{name} {desk.Mark}", kind, options })).Must(200)["fieldId"].GetValue<Guid>();

    internal static async Task Retire(params Guid[] fields)
    {
        foreach (var field in fields) (await Site.Manager.Post($"api/projects/fields/{field}/retire", new { reason = "测试结束" })).Must(200);
    }

    private static async Task Fill(Guid project, params (Guid Field, string? Value)[] values) => (await Site.Staff.Post($"api/projects/{project}/fill", Values(values))).Must(200);

    private static object Values(params (Guid Field, string? Value)[] values) => new { fields = values.ToDictionary(each => each.Field, each => each.Value) };
}

/// <summary>A required field is asked of every lead of the bureau: nobody else registers one meanwhile.</summary>
[Collection(nameof(OneFaultAtATime))]
public sealed class RequiredFieldTests : IAsyncLifetime
{
    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync() => await Site.Mend();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_lead_is_not_registered_without_what_is_required()
    {
        var desk = await Desk.Open();
        object Lead(object? fields) => new { name = $"项目 {desk.NextNumber()}", industry = "other", investor = "某公司", fields };
        var field = (await Site.Manager.Post("api/projects/fields", new { name = $"必填 {desk.Mark}", kind = "yes-no", required = true })).Must(200)["fieldId"].GetValue<Guid>();
        try
        {
            (await Site.Staff.Post("api/projects", Lead(null))).MustRefuse(422, "missing", $"{field}");
            var lead = (await Site.Staff.Post("api/projects", Lead(new Dictionary<Guid, string> { [field] = "yes" }))).Must(201).Id;
            (await Site.Auditor.Get($"api/projects/{lead}")).Must(200)["fields"][$"{field}"]!.GetValue<string>().ShouldBe("yes");
            (await Site.Staff.Post($"api/projects/{lead}/fill", new { fields = new Dictionary<Guid, string?> { [field] = null } })).MustRefuse(422, "missing", $"{field}");
        }
        finally
        {
            await OwnFieldsTests.Retire(field);
        }
        await desk.Project();
    }
}
