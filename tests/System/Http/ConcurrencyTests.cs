namespace Luodi.SystemTests.Http;

/// <summary>Several clients, repeated requests, stale copies.</summary>
public sealed class ConcurrencyTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task Of_32_clients_that_sign_the_same_agreement_one_succeeds()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Draft();
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(each => (each % 2 == 0 ? Site.Staff : Site.Staff2).Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" })));
        answers.Count(answer => answer.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(answer => answer.Status)));
        foreach (var loser in answers.Where(answer => answer.Status != 200)) loser.MustRefuse(409, "already-signed");
        (await desk.HistoryOf(agreement)).Select(item => item.Text("type")).ShouldBe(["agreement_drafted", "agreement_signed"]);
        await desk.Shows(0, 0, 0, pendingSignings: 1, pendingYuan: 90_000_000);
    }

    [Fact]
    public async Task Of_clients_that_take_the_same_number_one_gets_it()
    {
        var desk = await Desk.Open();
        var (project, number) = (await desk.Project(), desk.NextNumber());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Site.Staff.Post("api/signings/agreements", desk.Paper(project, 1, number))));
        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        foreach (var loser in answers.Where(answer => answer.Status != 201)) loser.MustRefuse(409, "number-taken");
        (await Site.Staff.Get($"api/signings/agreements?ceremony={desk.Ceremony}")).Must(200).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_fund_never_commits_more_than_its_target_size()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        var fund = (await Site.Staff.Post("api/funds", new { name = desk.Mark, kind = "direct-angel", targetSize = Desk.Yuan(10) })).Must(201).Id;
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Site.Staff.Post($"api/funds/{fund}/commitments", new { projectId = project, amount = Desk.Yuan(3) })));
        answers.Count(answer => answer.Status == 201).ShouldBe(3);
        (await Site.Auditor.Get($"api/funds/{fund}")).Must(200)["committed"].Yuan().ShouldBe(9m);
    }

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer()
    {
        var desk = await Desk.Open();
        var (key, body) = (desk.Mark, new { name = $"项目 {desk.Mark}", industry = "other", investor = "某公司", another = "同名的另一个项目" });
        var first = (await Site.Staff.Post("api/projects", body, ("Idempotency-Key", key))).Must(201);
        var second = (await Site.Staff.Post("api/projects", body, ("Idempotency-Key", key))).Must(201);
        second.Text.ShouldBe(first.Text);
        second.Headers["Location"].ShouldBe(first.Headers["Location"]);
        second.Headers["ETag"].ShouldBe(first.Headers["ETag"]);
        second.Headers["Idempotency-Replayed"].ShouldBe("true");
        first.Headers.ShouldNotContainKey("Idempotency-Replayed");

        (await Site.Staff.Post("api/projects", new { name = "另一个", industry = "other", investor = "某公司" }, ("Idempotency-Key", key))).MustRefuse(422, "idempotency-key-reused", "Idempotency-Key");
        (await Site.Staff.Post($"api/projects/{first.Id}/reach", body, ("Idempotency-Key", key))).MustRefuse(422, "idempotency-key-reused");
        // Another person's key is another key.
        (await Site.Staff2.Post("api/projects", body, ("Idempotency-Key", key))).Must(201).Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task A_refused_request_may_be_corrected_under_its_key()
    {
        var desk = await Desk.Open();
        (await Site.Staff.Post("api/projects", new { name = desk.Mark, industry = "steel", investor = "x" }, ("Idempotency-Key", desk.Mark))).MustRefuse(422, "industry-unknown");
        (await Site.Staff.Post("api/projects", new { name = desk.Mark, industry = "other", investor = "x" }, ("Idempotency-Key", desk.Mark))).Must(201);
    }

    [Fact]
    public async Task Repeats_at_the_same_time_get_the_same_answer()
    {
        var desk = await Desk.Open();
        var created = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Site.Staff.Post("api/projects", new { name = desk.Mark, industry = "other", investor = "x" }, ("Idempotency-Key", desk.Mark))));
        created.Select(answer => answer.Must(201).Text).Distinct().Count().ShouldBe(1);
        (await Site.Auditor.Get($"api/projects/{created[0].Id}/history")).Must(200).Items.Count.ShouldBe(1);

        // Several rounds: the twin that comes second must not hear that the first has signed already.
        for (var round = 0; round < 4; round++)
        {
            var agreement = await desk.Draft();
            var signed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Site.Staff.Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" }, ("Idempotency-Key", $"{agreement} sign"))));
            signed.Select(answer => answer.Must(200).Text).Distinct().Count().ShouldBe(1);
            (await desk.HistoryOf(agreement)).Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task A_repeat_whose_record_has_moved_on_still_gets_the_first_answer()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Draft();
        Task<Answer> Sign() => Site.Staff.Post($"api/signings/agreements/{agreement}/sign", new { signedOn = "2023-09-28" }, ("Idempotency-Key", desk.Mark), ("If-Match", "\"1\""));
        var first = (await Sign()).Must(200);
        await desk.Confirm(agreement);
        (await Sign()).Must(200).Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task Who_decides_on_an_old_copy_is_told()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Draft();
        var path = $"api/signings/agreements/{agreement}";
        (await Site.Staff.Get(path)).Must(200).Headers["ETag"].ShouldBe("\"1\"");
        (await Site.Staff.Post($"{path}/sign", new { signedOn = "2023-09-28" }, ("If-Match", "\"1\""))).Must(200).Headers["ETag"].ShouldBe("\"2\"");
        (await Site.Staff2.Post($"{path}/confirm", null, ("If-Match", "\"1\""))).MustRefuse(412, "changed-meanwhile");
        (await Site.Staff2.Post($"{path}/confirm", null, ("If-Match", "nonsense"))).MustRefuse(412, "changed-meanwhile");
        (await Site.Staff2.Post($"{path}/confirm", null, ("If-Match", "\"2\""))).Must(200).Headers["ETag"].ShouldBe("\"3\"");
        (await Site.Staff.Post($"{path}/terminate", new { reason = "x" }, ("If-Match", "*"))).Must(200);
        (await Site.Staff.Get(path)).Headers["ETag"].ShouldBe("\"4\"");

        var project = (await Site.Staff.Get(path))["projectId"].GetValue<Guid>();
        await Eventually(async () => (await Site.Staff.Get($"api/projects/{project}")).Must(200)["stage"].GetValue<string>().ShouldBe("signed"));
        (await Site.Staff.Post($"api/projects/{project}/reach", null, ("If-Match", "\"1\""))).MustRefuse(412, "changed-meanwhile");
    }
}
