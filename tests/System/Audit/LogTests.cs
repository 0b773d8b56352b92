using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NSec.Cryptography;

namespace Luodi.SystemTests.Audit;

/// <summary>The log as somebody else's program reads it: published formats only, and nothing of ours.</summary>
public sealed class LogTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task What_was_logged_stands_in_the_log_under_a_signed_checkpoint()
    {
        var desk = await Desk.Open();
        var agreement = await desk.Confirmed();
        await AuditDesk.Signed();
        var events = await desk.HistoryOf(agreement);
        events.Count.ShouldBeGreaterThan(2);
        foreach (var each in events)
        {
            var entry = (await Site.Auditor.Get($"api/audit/entries/{each.Text("eventId")}")).Must(200);
            entry["header"].Text("type").ShouldBe(each.Text("type"));
            entry["header"].Text("actor").ShouldBe(each.Text("actor"));
            JsonNode.DeepEquals(entry["data"], each["data"]).ShouldBeTrue(each.Text("type"));
            entry["signedSize"].GetValue<long>().ShouldBeGreaterThan(entry["index"].GetValue<long>());
        }
    }

    [Fact]
    public async Task A_published_report_is_heard_by_journal_and_log_as_any_event_and_posts_nothing()
    {
        var report = await AuditDesk.Report(await Desk.Open());
        await AuditDesk.Signed();
        var published = (await Site.Auditor.Get($"api/reporting/reports/{report}/history")).Must(200).Items.ShouldHaveSingleItem();
        Answer listed = null!;
        await Eventually(async () => (listed = (await Site.Auditor.Get($"api/reporting/events?type=report_published&subject={report}")).Must(200)).Items.ShouldHaveSingleItem().Text("source").ShouldBe("/nanhu/reporting"));
        var id = listed.Items[0].Text("id");
        id.ShouldBe(published.Text("eventId"));
        var entry = (await Site.Auditor.Get($"api/audit/entries/{id}")).Must(200);
        entry["header"].Text("type").ShouldBe("report_published");
        entry["data"].Text("sha256").ShouldBe((await Site.Auditor.Get($"api/reporting/reports/{report}")).Must(200)["report"].Text("sha256"));
        (await Site.Auditor.Get($"api/audit/proofs/{id}")).Must(200);
        (await Site.Ask<long>("reporting", "select count(*) from reporting.posting where source = '/nanhu/reporting'")).ShouldBe(0);
        (await AuditDesk.Reconcile()).Rows("findings").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_tree_over_all_entries_has_the_signed_root()
    {
        await AuditDesk.Signed();
        var (size, root, text, signatures) = Checkpoint((await Site.With(null).Get("api/audit/log/checkpoint")).Must(200).Text);
        var leaves = new List<byte[]>();
        for (var bundle = 0; leaves.Count < size; bundle++)
        {
            var width = (int)long.Min(256, size - (bundle * 256L));
            var bytes = await Bytes($"api/audit/log/tile/entries/{bundle:D3}{(width < 256 ? $".p/{width}" : "")}", Tokens.Of(Site, "auditor"));
            var hashes = await Bytes($"api/audit/log/tile/0/{bundle:D3}{(width < 256 ? $".p/{width}" : "")}", token: null);
            for (var (at, nth) = (0, 0); nth < width; nth++)
            {
                var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
                var leaf = SHA256.HashData([0, .. bytes.AsSpan(at + 2, length)]);
                leaf.ShouldBe(hashes[(nth * 32)..((nth + 1) * 32)]);
                leaves.Add(leaf);
                at += 2 + length;
                if (nth == width - 1) at.ShouldBe(bytes.Length);
            }
        }
        Convert.ToBase64String(Tree(leaves)).ShouldBe(root);
        Signer(text, signatures).ShouldBe((await Site.With(null).Get("api/audit/log/keys")).Text.Trim().Split('\n')[0]);
    }

    [Fact]
    public async Task A_tile_never_changes_and_says_so_and_what_is_beyond_the_log_is_not_there()
    {
        await AuditDesk.Enough();
        (await Site.With(null).Get("api/audit/log/tile/0/000")).Must(200).Headers["Cache-Control"].Split(", ").ShouldBe(["public", "max-age=31536000", "immutable"], ignoreOrder: true);
        (await Site.Auditor.Get("api/audit/log/tile/entries/000")).Must(200).Headers["Cache-Control"].Split(", ").ShouldBe(["private", "max-age=31536000", "immutable"], ignoreOrder: true);
        var checkpoint = (await Site.With(null).Get("api/audit/log/checkpoint")).Must(200);
        checkpoint.Headers["Cache-Control"].ShouldBe("no-cache");
        checkpoint.Headers["Content-Type"].ShouldBe("text/plain; charset=utf-8");
        foreach (var beyond in (string[])["0/x999/999", "0/000.p/0", "0/000.p/257", "0/0", "0/00x", "8/000", "entries/x999/999", "-1/000", "0/000/", "x/000"]) (await Site.Auditor.Get($"api/audit/log/tile/{beyond}")).Must(404);
        // Entries say who did what.
        (await Site.With(null).Get("api/audit/log/tile/entries/000")).Must(401);
        (await Site.Staff.Get("api/audit/log/tile/entries/000")).Must(403);
    }

    [Fact]
    public async Task A_proof_leads_from_the_event_to_the_checkpoint()
    {
        var desk = await Desk.Open();
        var project = await desk.Project();
        await AuditDesk.Signed();
        var id = (await Site.Auditor.Get($"api/projects/{project}/history")).Must(200).Items[0].Text("eventId");
        var proof = (await Site.Auditor.Get($"api/audit/proofs/{id}")).Must(200).Text.Split("\n\n", 2);
        var lines = proof[0].Split('\n');
        lines[0].ShouldBe("c2sp.org/tlog-proof@v1");
        var (size, root, _, _) = Checkpoint(proof[1]);
        var entry = (await Site.Auditor.Get($"api/audit/entries/{id}")).Must(200);
        lines[1].ShouldBe($"index {entry["index"]}");
        var hash = Convert.FromHexString(entry["leafHash"].GetValue<string>());
        var (node, last) = (entry["index"].GetValue<long>(), size - 1);
        foreach (var sibling in lines[2..].Select(Convert.FromBase64String))
        {
            if (node % 2 == 1 || node == last)
            {
                hash = SHA256.HashData([1, .. sibling, .. hash]);
                for (; node % 2 == 0 && node != 0; last >>= 1) node >>= 1;
            }
            else
            {
                hash = SHA256.HashData([1, .. hash, .. sibling]);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        last.ShouldBe(0);
        Convert.ToBase64String(hash).ShouldBe(root);
        (await Site.Auditor.Get($"api/audit/proofs/{Guid.CreateVersion7()}")).MustRefuse(404, "not-found");
    }

    [Fact]
    public async Task Todays_log_continues_a_checkpoint_that_somebody_kept_and_a_forged_one_is_named()
    {
        await AuditDesk.Signed();
        var kept = (await Site.With(null).Get("api/audit/log/checkpoint")).Must(200).Text;
        await (await Desk.Open()).Confirmed();
        await AuditDesk.Signed();
        var same = (await Site.Auditor.Post("api/audit/consistency", new { checkpoint = kept })).Must(200);
        same.Json!["flaw"].ShouldBeNull();
        same["signedBy"].AsArray().Count.ShouldBeGreaterThan(0);
        same["newestSize"].GetValue<long>().ShouldBeGreaterThan(same["size"].GetValue<long>());
        same["proof"].GetValue<string>().ShouldBe((await Site.Auditor.Get($"api/audit/consistency?from={same["size"]}&to={same["newestSize"]}")).Must(200).Text);

        var lines = kept.Split('\n');
        string With(int line, string text) => string.Join('\n', lines.Select((each, at) => at == line ? text : each));
        async Task<string> Flaw(string checkpoint) => (await Site.Auditor.Post("api/audit/consistency", new { checkpoint })).Must(200)["flaw"].GetValue<string>();
        (await Flaw(With(2, Convert.ToBase64String(new byte[32])))).ShouldBe("signature");
        (await Flaw(With(1, "999999999"))).ShouldBe("signature");
        (await Flaw(With(0, "somebody/else"))).ShouldBe("log");
        // By nobody whom we know: after a rotation two keys sign.
        (await Flaw(string.Join('\n', lines.Select(line => line.StartsWith("— ", StringComparison.Ordinal) ? $"— stranger {line.Split(' ')[2]}" : line)))).ShouldBe("unsigned");
        (await Site.Auditor.Post("api/audit/consistency", new { checkpoint = "22家 42.11亿" })).MustRefuse(422, "checkpoint-unreadable", "checkpoint");
        (await Site.Auditor.Post("api/audit/consistency")).MustRefuse(422, "missing", "checkpoint");
        (await Site.Auditor.Get("api/audit/consistency?from=-1")).MustRefuse(422, "beyond-the-log", "from");
    }

    private static async Task<byte[]> Bytes(string path, string? token)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Site.Portal, path));
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private static (long Size, string Root, string Text, string[] Signatures) Checkpoint(string note)
    {
        var split = note.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = note[..split].Split('\n');
        lines[0].ShouldBe("luodi/nanhu");
        return (long.Parse(lines[1], System.Globalization.CultureInfo.InvariantCulture), lines[2], note[..(split + 1)], note[(split + 2)..].TrimEnd('\n').Split('\n'));
    }

    // RFC 9162, 2.1.1, as it is written there.
    private static byte[] Tree(List<byte[]> leaves)
    {
        if (leaves.Count == 1) return leaves[0];
        var left = 1;
        while (left * 2 < leaves.Count) left *= 2;
        return SHA256.HashData([1, .. Tree(leaves[..left]), .. Tree(leaves[left..])]);
    }

    /// <summary>The vkey whose signature holds: name, id and public key.</summary>
    private static string? Signer(string text, string[] signatures)
    {
        foreach (var vkey in Site.With(null).Get("api/audit/log/keys").Result.Text.Trim().Split('\n'))
        {
            var key = Convert.FromBase64String(vkey.Split('+', 3)[2]);
            var publicKey = PublicKey.Import(SignatureAlgorithm.Ed25519, key.AsSpan(1), KeyBlobFormat.RawPublicKey);
            if (signatures.Any(line => line.StartsWith($"— {vkey.Split('+')[0]} ", StringComparison.Ordinal) && SignatureAlgorithm.Ed25519.Verify(publicKey, Encoding.UTF8.GetBytes(text), Convert.FromBase64String(line.Split(' ')[2]).AsSpan(4)))) return vkey;
        }
        return null;
    }
}
