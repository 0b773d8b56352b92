namespace Luodi.SystemTests.Http;

/// <summary>The enterprises of the zone, from their entry to what they are recognised as.</summary>
public sealed class EnterprisesTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task An_enterprise_is_entered_once_linked_recognised_and_found_by_all_of_it()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        var code = NewEnterprise.CreditCode();
        object Enter(string name) => new { name, creditCode = code, registeredOn = "2023-10-01", registeredCapital = Desk.Yuan(10_000_000), industry = "microelectronics" };
        var id = (await Site.Staff.Post("api/projects/enterprises", Enter($"企业 {desk.Mark}"))).Must(201).Id;
        (await Site.Staff2.Post("api/projects/enterprises", Enter("另一家"))).MustRefuse(409, "registered-already", "creditCode");
        (await Site.Staff.Post("api/projects/enterprises", new { name = "x", creditCode = code[..17] + (code[17] == '0' ? '1' : '0'), registeredOn = "2023-10-01", industry = "other" })).MustRefuse(422, "credit-code-malformed", "creditCode");

        (await Site.Staff.Post($"api/projects/enterprises/{id}/link", new { projectId = project })).Must(200);
        (await Site.Staff.Post($"api/projects/enterprises/{id}/link", new { projectId = Guid.CreateVersion7() })).MustRefuse(422, "no-such-project", "projectId");
        (await Site.Staff.Post($"api/projects/enterprises/{id}/rename", new { name = $"新名 {desk.Mark}" })).Must(200);
        (await Site.Staff.Post($"api/projects/enterprises/{id}/chain", new { chain = "集成电路", role = "leader" })).Must(200);
        (await Site.Staff.Post($"api/projects/enterprises/{id}/admit", new { carrier = "某孵化器", kind = "incubator", level = "national", on = "2023-11-01" })).Must(200);
        object grant = new { kind = "high-tech", authority = "省科技厅", number = desk.NextNumber(), grantedOn = "2023-12-01", expiresOn = "2099-11-30" };
        var designation = (await Site.Staff.Post($"api/projects/enterprises/{id}/designations", grant)).Must(201).Id;
        (await Site.Staff.Post($"api/projects/enterprises/{id}/designations", grant)).MustRefuse(422, "holds-already", "grantedOn");

        foreach (var query in new[] { $"q={code}", $"q=企业 {desk.Mark}", $"q=新名 {desk.Mark}&designation=high-tech&role=leader&level=national&industry=microelectronics&project={project}" })
        {
            (await Site.Staff.Get($"api/projects/enterprises?{query}")).Must(200).Items.ShouldHaveSingleItem().Text("id").ShouldBe(id.ToString(), query);
        }
        (await Site.Staff.Get($"api/projects/enterprises?q={code}&expiring=30")).Must(200).Items.ShouldBeEmpty();
        (await Site.Manager.Get("api/projects/enterprises/summary")).Must(200)["byDesignation"]["high-tech"]!.GetValue<int>().ShouldBeGreaterThan(0);

        (await Site.Staff.Post($"api/projects/enterprises/{id}/withdraw-designation", new { designationId = designation, reason = "认定取消" })).Must(200);
        (await Site.Staff.Get($"api/projects/enterprises?q={code}&designation=high-tech")).Must(200).Items.ShouldBeEmpty();
        (await Site.Auditor.Get($"api/projects/enterprises/{id}/history")).Must(200).Items.Select(item => item.Text("type")).ShouldBe(
            ["enterprise_registered", "project_linked", "enterprise_renamed", "chain_role_set", "enterprise_admitted", "designation_granted", "designation_withdrawn"]);
    }

    [Fact]
    public async Task Another_department_sees_an_enterprise_with_a_project_that_is_shared_with_it()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        var id = (await Site.Staff.Post("api/projects/enterprises", new { name = $"企业 {desk.Mark}", creditCode = NewEnterprise.CreditCode(), registeredOn = "2023-10-01", industry = "other" })).Must(201).Id;
        (await Site.Staff.Post($"api/projects/enterprises/{id}/link", new { projectId = project })).Must(200);
        var other = Site.As("staff3");
        (await other.Get($"api/projects/enterprises/{id}")).MustRefuse(404, "not-found");
        (await other.Get($"api/projects/enterprises?q={desk.Mark}")).Must(200).Items.ShouldBeEmpty();

        (await Site.Manager.Post($"api/projects/{project}/share", new { department = "investment-2" })).Must(200);
        (await other.Get($"api/projects/enterprises/{id}")).Must(200);
        (await other.Get($"api/projects/enterprises?q={desk.Mark}")).Must(200).Items.Count.ShouldBe(1);
        (await other.Post($"api/projects/enterprises/{id}/rename", new { name = "x" })).MustRefuse(404, "not-found");
    }
}
