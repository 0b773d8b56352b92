using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Audit;

/// <summary>What an auditor asks of the log.</summary>
internal static class AuditDesk
{
    /// <summary>The services whose events the log has.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["signings", "projects", "funds", "portal", "reporting", "audit"];

    private static Site Site => Site.Here;

    /// <summary>The table of the events that a service relays. Reporting's own are its reports; beside them it has the journal of all.</summary>
    public static string EventsOf(string service) => $"{(service is "reporting" ? "reports" : service)}.mt_events";

    /// <summary>Waits until all that the services have said by now stands in the log and is signed; others may go on meanwhile.</summary>
    public static async Task<JsonNode> Signed()
    {
        var said = new Dictionary<string, long>();
        foreach (var service in Sources) said[service] = await Site.Ask<long>(service, $"select coalesce(max(seq_id), 0) from {EventsOf(service)} where type <> 'tombstone'");
        long size = 0;
        await Eventually(async () =>
        {
            var standing = await Standing();
            foreach (var (service, last) in said)
            {
                (standing["sources"]!.AsArray().SingleOrDefault(source => source!.Text("source") == $"/nanhu/{service}")?.Long("sequence") ?? 0).ShouldBeGreaterThanOrEqualTo(last, service);
            }
            size = standing.Long("size");
        });
        JsonNode? signed = null;
        await Eventually(async () => (signed = await Standing()).Long("signed").ShouldBeGreaterThanOrEqualTo(size));
        return signed!;
    }

    private static async Task<JsonNode> Standing() => (await Site.Auditor.Get("api/audit/standing")).Must(200).Json!;

    /// <summary>Some events of each service, and a tile of the log that is full.</summary>
    public static async Task Enough()
    {
        var ceremony = await Desk.Open();
        for (var reports = await Site.Ask<long>("reporting", "select count(*) from reports.mt_events"); reports < 40; reports += 2)
        {
            (await Site.Manager.Post($"api/reporting/reports/{await Report(ceremony)}/withdraw", new { reason = "试公布" })).Must(200);
        }
        if ((await Signed()).Long("size") > 256) return;
        for (var nth = 0; nth < 5; nth++) (await Site.Staff.Post("api/funds", new { name = Desk.NewMark(), kind = "market", targetSize = Desk.Yuan(10_000_000) })).Must(201);
        var desk = await Desk.Open();
        for (var nth = 0; nth < 60; nth++) await desk.Confirmed();
        (await Signed()).Long("size").ShouldBeGreaterThan(256);
    }

    /// <summary>Publishes a bulletin of the ceremony.</summary>
    public static async Task<Guid> Report(Desk desk)
    {
        Guid report = default;
        await Eventually(async () => report = (await Site.Manager.Post("api/reporting/reports", new { kind = "bulletin", ceremonyId = desk.Ceremony })).Must(201).Id);
        return report;
    }

    /// <summary>Has stores, journal and log compared, and gives the report.</summary>
    public static async Task<Answer> Reconcile()
    {
        var begun = (await Site.Auditor.Post("api/audit/reconciliations")).Must(202).Id;
        Answer? report = null;
        await Eventually(async () =>
        {
            report = (await Site.Auditor.Get($"api/audit/reconciliations/{begun}")).Must(200);
            report["reconciliation"]["finishedAt"].ShouldNotBeNull();
        });
        return report!;
    }
}
