using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Audit;

/// <summary>From a figure to its evidence, checked with the program that an auditor has, on nobody's word.</summary>
public sealed class EvidenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("luodi-evidence").FullName;

    private static Site Site => Site.Here;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ceremony_s_figure_opens_down_to_a_pack_that_the_verifier_proves()
    {
        var desk = await Ceremony();
        await Pin();
        var query = $"ceremony={desk.Ceremony}&tier=agreement&status=confirmed";
        await File.WriteAllBytesAsync(At("pack.zip"), await Bytes($"evidence.zip?{query}"), Ct);
        var said = await Verify(0);
        said.ShouldContain($"ceremony={desk.Ceremony}");
        said.ShouldContain("come to 2 signings, 310000000.00 CNY, 2 of them at or above 100 million; equal to what is stated");
        said.ShouldContain("Figure complete: all");
        said.ShouldContain("Complete: all");

        // What is logged later changes nothing at the position.
        var explained = (await Site.Auditor.Get($"api/reporting/postings/evidence?{query}")).Must(200);
        var evidence = explained.Json!.DeepClone();
        await desk.Terminate(await FirstOf(desk));
        await desk.Shows(2, 310_000_000, 2, pendingSignings: -1, pendingYuan: -200_000_000);
        (await Site.Auditor.Get($"api/reporting/postings/evidence?{query}&position={evidence["position"]}")).Must(200).Text.ShouldBe(explained.Text);
        await File.WriteAllBytesAsync(At("pack.zip"), await Bytes($"evidence.zip?{query}&position={evidence["position"]}"), Ct);
        (await Verify(0)).ShouldContain("come to 2 signings, 310000000.00 CNY");

        // Somebody states one signing more.
        evidence["whole"] = true;
        evidence["figure"]!["answer"]!["signings"] = 3;
        await File.WriteAllBytesAsync(At("pack.zip"), await Bytes("api/audit/packs", evidence), Ct);
        said = await Verify(1);
        said.ShouldContain("come to 2 signings, 310000000.00 CNY, 2 of them at or above 100 million; stated is 3, 310000000.00 CNY, 2, which is not equal.");
    }

    [Fact]
    public async Task An_event_has_a_pack_of_its_own()
    {
        var desk = await Desk.Open();
        var paper = await desk.Confirmed();
        await AuditDesk.Signed();
        await Pin();
        var id = (await desk.HistoryOf(paper))[0].Text("eventId");
        await File.WriteAllBytesAsync(At("pack.zip"), await Bytes($"evidence.zip?event={id}"), Ct);
        (await Verify(0)).ShouldContain("1 events");
        // A published report is history like any other.
        var report = await AuditDesk.Report(desk);
        await AuditDesk.Signed();
        await Pin();
        var published = (await Site.Auditor.Get($"api/reporting/reports/{report}/history")).Must(200).Items[0].Text("eventId");
        await File.WriteAllBytesAsync(At("pack.zip"), await Bytes($"evidence.zip?event={published}"), Ct);
        (await Verify(0)).ShouldContain("1 events");
        (await Site.Auditor.Get($"evidence.zip?event={Guid.CreateVersion7()}")).MustRefuse(422, "event-unknown", "events");
    }

    [Fact]
    public async Task Evidence_is_for_auditors_and_of_figures_that_events_explain()
    {
        var desk = await Desk.Open();
        var query = $"evidence.zip?ceremony={desk.Ceremony}&tier=agreement&status=confirmed";
        foreach (var account in (string[])["staff", "manager", "admin"]) (await Site.As(account).Get(query)).Must(403);
        (await Site.With(null).Get(query)).Status.ShouldBeOneOf(302, 401);
        (await Site.Auditor.Get($"evidence.zip?ceremony={desk.Ceremony}&status=confirmed")).MustRefuse(422, "missing", "tier");
        (await Site.Auditor.Get($"{query}&owner=staff")).MustRefuse(422, "figure-not-explained", "query");
        (await Site.Auditor.Get($"{query}&measure=capital-in-place")).MustRefuse(422, "figure-not-explained", "measure");
        (await Site.Auditor.Post("api/audit/packs")).MustRefuse(422, "missing", "events");
        (await Site.Auditor.Post("api/audit/packs", new { types = Drafts })).MustRefuse(422, "missing", "upTo");
        (await Site.Auditor.Post("api/audit/packs", new { types = Drafts, upTo = new Dictionary<string, long> { ["/nanhu/signings"] = long.MaxValue } })).MustRefuse(409, "not-signed-yet");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly string[] Drafts = ["agreement_drafted"];

    /// <summary>Three agreements, one amended and one terminated.</summary>
    private static async Task<Desk> Ceremony()
    {
        var desk = await Desk.Open();
        await desk.Confirmed(200_000_000);
        var (amended, terminated) = (await desk.Confirmed(90_000_000), await desk.Confirmed(50_000_000));
        await desk.Amend(amended, 110_000_000);
        await desk.Confirm(amended);
        await desk.Terminate(terminated);
        await desk.Confirm(terminated);
        await desk.Shows(2, 310_000_000, 2);
        return desk;
    }

    private static async Task<Guid> FirstOf(Desk desk) =>
        (await Site.Auditor.Get($"api/reporting/postings?ceremony={desk.Ceremony}&limit=1")).Must(200).Items[0]["agreementId"]!.GetValue<Guid>();

    private Task Pin() => Evidence.Pin(_folder);

    private Task<string> Verify(int code) => Evidence.Verify(_folder, code);

    private string At(string file) => Path.Combine(_folder, file);

    private static Task<byte[]> Bytes(string path, JsonNode? body = null) => Evidence.Bytes(path, body);
}
