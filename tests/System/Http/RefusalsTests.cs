namespace Luodi.SystemTests.Http;

/// <summary>How a caller hears no: the status, a stable type, the field, the language.</summary>
public sealed class RefusalsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_body_that_cannot_be_read_names_the_place()
    {
        var desk = await Desk.Open();
        (await Site.Staff.Post("api/signings/agreements", "{\"number\":\"1\",\"amount\":{\"value\":\"much\",\"currency\":\"CNY\"}}")).MustRefuse(400, "malformed", "amount.value");
        (await Site.Staff.Post("api/signings/agreements", "{\"projectId\":\"nobody\"}")).MustRefuse(400, "malformed", "projectId");
        (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/claims", "{\"signings\":1.5}")).MustRefuse(400, "malformed", "signings");
        (await Site.Staff.Post("api/signings/ceremonies", "{\"name\":")).MustRefuse(400, "malformed");
        (await Site.Staff.Get("api/reporting/rollups?by=industry&knownAt=yesterday")).MustRefuse(400, "malformed");
    }

    [Fact]
    public async Task Every_field_that_is_wrong_is_named_at_once()
    {
        var answer = (await Site.Staff.Post("api/signings/agreements", new { number = "", counterparty = " ", amount = Desk.Yuan(-1) })).MustRefuse(422, "invalid-fields");
        answer["errors"].AsObject().Select(field => field.Key).ShouldBe(["number", "projectId", "ceremonyId", "counterparty", "amount"], ignoreOrder: true);

        answer = (await Site.Staff.Post("api/projects", new { industry = "steel", expectedInvestment = Desk.Yuan(0.001m) })).MustRefuse(422, "invalid-fields");
        answer["errors"].AsObject().Select(field => field.Key).ShouldBe(["name", "industry", "investor", "expectedInvestment"], ignoreOrder: true);

        answer = (await Site.Staff.Post("api/funds", new { kind = "hedge" })).MustRefuse(422, "invalid-fields");
        answer["errors"].AsObject().Select(field => field.Key).ShouldBe(["name", "kind", "targetSize"], ignoreOrder: true);

        (await Site.Staff.Post("api/signings/ceremonies", new { name = "仪式" })).MustRefuse(422, "missing", "heldOn");
        (await Site.Manager.Get("api/reporting/rollups?by=weather")).MustRefuse(422, "dimension-unknown", "by");
        (await Site.Manager.Get("api/reporting/rollups?by=industry&measure=luck")).MustRefuse(422, "measure-unknown", "measure");
    }

    [Fact]
    public async Task An_amount_is_positive_whole_fen_in_yuan()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        Task<Answer> Draft(object? amount) => Site.Staff.Post("api/signings/agreements", new { number = desk.NextNumber(), projectId = project, ceremonyId = desk.Ceremony, counterparty = "某公司", amount });
        (await Draft(null)).MustRefuse(422, "missing", "amount");
        (await Draft(Desk.Yuan(0))).MustRefuse(422, "amount-not-positive", "amount");
        (await Draft(Desk.Yuan(-1))).MustRefuse(422, "amount-not-positive", "amount");
        (await Draft(Desk.Yuan(0.001m))).MustRefuse(422, "amount-finer-than-fen", "amount");
        (await Draft(Desk.Yuan(10_000_000_000_000.01m))).MustRefuse(422, "amount-too-large", "amount");
        (await Draft(new { value = 1, currency = "USD" })).MustRefuse(422, "currency-not-kept", "amount");
        (await Site.Staff.Post("api/signings/agreements", new { number = desk.NextNumber(), projectId = project, ceremonyId = desk.Ceremony, counterparty = "某公司", amount = Desk.Yuan(1), fixedAssets = Desk.Yuan(1.01m), parties = (string[])["某公司"] }))
            .MustRefuse(422, "invalid-fields")["errors"].AsObject().Select(field => field.Key).ShouldBe(["fixedAssets", "parties"], ignoreOrder: true);
        (await Draft(Desk.Yuan(0.01m))).Must(201);
        (await Draft(Desk.Yuan(10_000_000_000_000m))).Must(201);
    }

    [Fact]
    public async Task Chinese_is_spoken_unless_English_is_asked_for()
    {
        async Task<Answer> Ask(params (string, string)[] headers) => (await Site.Staff.Post("api/signings/ceremonies", new { name = "仪式" }, headers)).MustRefuse(422, "missing", "heldOn");
        var (chinese, english) = (await Ask(), await Ask(("Accept-Language", "en-GB,en;q=0.9")));
        chinese["title"].GetValue<string>().ShouldBe("此项为必填。");
        chinese["errors"]["heldOn"]![0]!.GetValue<string>().ShouldBe("此项为必填。");
        chinese.Headers["Content-Language"].ShouldStartWith("zh");
        english["title"].GetValue<string>().ShouldBe("This field is required.");
        english.Headers["Content-Language"].ShouldBe("en");
        (await Ask(("Accept-Language", "fr")))["title"].GetValue<string>().ShouldBe("此项为必填。");

        var away = Site.With(null);
        (await away.Get("api/projects"))["title"].GetValue<string>().ShouldStartWith("请先登录");
        (await away.Get("api/projects", ("Accept-Language", "en")))["title"].GetValue<string>().ShouldStartWith("Sign in first");
    }

    [Fact]
    public async Task A_rule_that_is_broken_has_a_stable_type()
    {
        var desk = await Desk.Open();
        string At(Guid agreement, string step) => $"api/signings/agreements/{agreement}/{step}";
        object signedOn = new { signedOn = "2023-09-28" }, amend = new { amount = Desk.Yuan(1), reason = "x" };

        var draft = await desk.Draft();
        (await Site.Staff.Post(At(draft, "confirm"))).MustRefuse(409, "nothing-waits");
        (await Site.Staff.Post(At(draft, "amend"), amend)).MustRefuse(409, "not-in-force");
        (await Site.Staff.Post(At(draft, "terminate"), new { reason = "x" })).MustRefuse(409, "not-in-force");
        (await Site.Staff.Post(At(draft, "sign"))).MustRefuse(422, "missing", "signedOn");
        (await Site.Staff.Post(At(draft, "sign"), new { signedOn = "2099-01-01" })).MustRefuse(422, "signed-in-future", "signedOn");

        (await Site.Staff.Post(At(draft, "sign"), signedOn)).Must(200);
        (await Site.Staff.Post(At(draft, "sign"), signedOn)).MustRefuse(409, "already-signed");
        (await Site.Staff.Post(At(draft, "confirm"))).MustRefuse(409, "logged-by-yourself");
        (await Site.Staff2.Post(At(draft, "confirm"))).Must(200);

        (await Site.Staff.Post(At(draft, "amend"), new { amount = Desk.Yuan(90_000_000), reason = "x" })).MustRefuse(422, "same-amount", "amount");
        (await Site.Staff.Post(At(draft, "amend"), new { amount = Desk.Yuan(1) })).MustRefuse(422, "missing", "reason");
        (await Site.Staff.Post(At(draft, "amend"), amend)).Must(200);
        (await Site.Staff.Post(At(draft, "amend"), amend)).MustRefuse(409, "another-change-waits");
        (await Site.Staff.Post(At(draft, "terminate"), new { reason = "x" })).MustRefuse(409, "another-change-waits");

        (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/hold")).Must(200);
        (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/hold")).MustRefuse(409, "ceremony-already-held");
        (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/claims", new { source = "x", signings = -1, amount = Desk.Yuan(1) })).MustRefuse(422, "count-negative", "signings");

        var project = await desk.Project();
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "negotiating" })).Must(200);
        (await Site.Staff.Post($"api/projects/{project}/reach", new { stage = "signed" })).MustRefuse(422, "follows-from-its-agreement", "stage");
        var fund = (await Site.Staff.Post("api/funds", new { name = desk.Mark, kind = "market", targetSize = Desk.Yuan(10) })).Must(201).Id;
        (await Site.Staff.Post($"api/funds/{fund}/commitments", new { projectId = project, amount = Desk.Yuan(11) })).MustRefuse(409, "beyond-target-size", "amount");
    }

    [Fact]
    public async Task A_number_is_given_once_and_names_real_records()
    {
        var desk = await Desk.Open();
        var (project, number) = (await desk.Project(), desk.NextNumber());
        (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 1, number))).Must(201);
        (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 1, number))).MustRefuse(409, "number-taken", "number");
        (await Site.Staff.Post("api/signings/agreements", desk.Paper(Guid.CreateVersion7(), 1))).MustRefuse(422, "project-unknown", "projectId");
        (await Site.Staff.Post("api/signings/agreements", new { number = desk.NextNumber(), projectId = project, ceremonyId = Guid.CreateVersion7(), counterparty = "x", amount = Desk.Yuan(1) })).MustRefuse(422, "ceremony-unknown", "ceremonyId");
    }

    [Fact]
    public async Task A_project_counts_once_in_a_ceremony_and_again_after_a_termination()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        async Task<Guid> Draft() => (await Site.Staff.Post("api/signings/agreements", desk.Paper(project, 50_000_000))).Must(201).Id;
        Task<Answer> Sign(Guid id) => Site.Staff.Post($"api/signings/agreements/{id}/sign", new { signedOn = "2023-09-28" });
        var (first, second) = (await Draft(), await Draft());
        (await Sign(first)).Must(200);
        (await Sign(second)).MustRefuse(409, "project-counted-already");
        await desk.Confirm(first);
        (await Sign(second)).MustRefuse(409, "project-counted-already");
        await desk.Terminate(first);
        (await Sign(second)).MustRefuse(409, "project-counted-already");
        await desk.Confirm(first);
        (await Sign(second)).Must(200);
        await desk.Confirm(second);
        await desk.Shows(1, 50_000_000, 0);
    }

    [Fact]
    public async Task Nothing_is_signed_at_a_closed_ceremony()
    {
        var desk = await Desk.Open();
        var (draft, waiting) = (await desk.Draft(), await desk.Signed());
        (await Site.Manager.Post($"api/signings/ceremonies/{desk.Ceremony}/close")).Must(200);
        (await Site.Manager.Post($"api/signings/ceremonies/{desk.Ceremony}/close")).MustRefuse(409, "ceremony-already-closed");
        (await Site.Staff.Post($"api/signings/agreements/{draft}/sign", new { signedOn = "2023-09-28" })).MustRefuse(409, "ceremony-is-closed");
        (await Site.Staff.Post($"api/signings/ceremonies/{desk.Ceremony}/agenda", new { agreements = new[] { waiting, draft } })).MustRefuse(409, "ceremony-already-closed");
        // What was signed before is still confirmed.
        await desk.Confirm(waiting);
        await desk.Shows(1, 90_000_000, 0);
        (await desk.Report())["closedOn"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_signing_and_the_closing_of_its_ceremony_do_not_pass_each_other()
    {
        var desk = await Desk.Open();
        var drafts = new List<Guid>();
        for (var each = 0; each < 6; each++) drafts.Add(await desk.Draft());
        var signings = drafts.Select(draft => Site.Staff.Post($"api/signings/agreements/{draft}/sign", new { signedOn = "2023-09-28" })).ToList();
        var closing = Site.Manager.Post($"api/signings/ceremonies/{desk.Ceremony}/close");
        (await closing).Must(200);
        foreach (var answer in await Task.WhenAll(signings)) answer.Status.ShouldBeOneOf(200, 409);

        var closedAt = (await Site.Auditor.Get($"api/signings/ceremonies/{desk.Ceremony}/history")).Must(200).Items[^1].Long("sequence");
        foreach (var draft in drafts)
        {
            foreach (var signed in (await desk.HistoryOf(draft)).Where(item => item.Text("type") == "agreement_signed")) signed.Long("sequence").ShouldBeLessThan(closedAt);
        }
    }
}
