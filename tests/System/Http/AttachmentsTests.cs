using System.Text;

namespace Luodi.SystemTests.Http;

/// <summary>Files of an agreement: kept as they came, given back with their digest.</summary>
public sealed class AttachmentsTests
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n%%EOF\n");

    private static Site Site => Site.Here;

    [Fact]
    public async Task A_file_comes_back_byte_for_byte_to_whoever_may_read_the_agreement()
    {
        var desk = await Desk.Open();
        var paper = await desk.Draft();
        var path = $"api/signings/agreements/{paper}/attachments";
        var key = ("Idempotency-Key", desk.Mark);
        var added = (await Site.Staff.Post($"{path}?name=签署文本.pdf&kind=signed-paper", Pdf, key)).Must(201);
        (await Site.Staff.Post($"{path}?name=签署文本.pdf&kind=signed-paper", Pdf, key)).Must(201).Text.ShouldBe(added.Text);
        (await Site.Staff.Post($"{path}?name=副本.pdf&kind=annex", Pdf)).MustRefuse(409, "attached-already", "file");
        (await Site.Staff.Post($"{path}?name=照片.png&kind=photo", Pdf)).MustRefuse(422, "file-is-something-else", "file");
        (await Site.Staff.Post($"{path}?name=大.pdf&kind=other", new byte[(10 * 1024 * 1024) + 1])).MustRefuse(413, "file-too-large", "file");

        var file = (await Site.Auditor.Get(path)).Must(200).Items.ShouldHaveSingleItem();
        (file.Text("name"), file.Text("mediaType"), file.Number("bytes")).ShouldBe(("签署文本.pdf", "application/pdf", Pdf.Length));
        var attachment = added["attachmentId"].GetValue<Guid>();
        var given = (await Site.Auditor.Get($"{path}/{attachment}")).Must(200);
        given.Text.ShouldBe(Encoding.ASCII.GetString(Pdf));
        given.Headers["Repr-Digest"].ShouldBe($"sha-256=:{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Pdf))}:");
        given.Headers["Content-Security-Policy"].ShouldContain("sandbox");

        // Of another department nobody finds it.
        var other = Site.With(Tokens.Issue(Site, "staff3", role: "staff", department: "investment-2"));
        (await other.Get(path)).Must(404);
        (await other.Get($"{path}/{attachment}")).Must(404);
        (await other.Post($"{path}?name=a.pdf&kind=other", Pdf)).Must(404);

        (await Site.Staff.Post($"api/signings/agreements/{paper}/withdraw-attachment", new { attachmentId = attachment, reason = "传错了" })).Must(200);
        (await Site.Auditor.Get(path)).Must(200).Items.ShouldHaveSingleItem().Text("withdrawnBecause").ShouldBe("传错了");
        (await Site.Auditor.Get($"{path}/{attachment}")).Must(200);
        (await Desk.HistoryOf(Site, paper)).Select(item => item.Text("type")).ShouldBe(["agreement_drafted", "attachment_added", "attachment_withdrawn"]);
    }

    [Fact]
    public async Task An_agreement_is_fulfilled_when_its_obligations_are_and_a_lapsed_one_counts_no_more()
    {
        var desk = await Desk.Open();
        var (kept, lapsed) = (await desk.Confirmed(), await desk.Confirmed());
        var obligation = (await Site.Staff.Post("api/signings/obligations", new { agreementId = kept, kind = "tax-per-mu", dueOn = "2099-03-31", amount = Desk.Yuan(300_000) })).Must(201).Id;
        (await Site.Staff.Post($"api/signings/agreements/{kept}/fulfil", new { on = "2024-09-28", reason = "验收报告" })).MustRefuse(409, "obligations-open");
        (await Site.Staff.Post($"api/signings/obligations/{obligation}/fulfil", new { on = "2024-06-30", evidence = "完税证明" })).Must(200);
        (await Site.Staff.Post($"api/signings/agreements/{kept}/fulfil", new { on = "2024-09-28", reason = "验收报告" })).Must(200);
        (await Site.Auditor.Get($"api/signings/agreements/{kept}")).Must(200)["fulfilledOn"].GetValue<string>().ShouldBe("2024-09-28");
        (await Site.Staff.Post($"api/signings/agreements/{kept}/terminate", new { reason = "x" })).MustRefuse(409, "agreement-fulfilled-already");

        (await Site.Staff.Post($"api/signings/agreements/{lapsed}/terminate", new { reason = "有效期届满", lapsed = true })).Must(200);
        await desk.Confirm(lapsed);
        (await Site.Auditor.Get($"api/signings/agreements/{lapsed}")).Must(200)["lapsed"].GetValue<bool>().ShouldBeTrue();
        await desk.Shows(1, 90_000_000, 0);
    }
}
