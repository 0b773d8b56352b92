using System.IO.Compression;
using System.Text;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Agreements;
using Luodi.Signings.Attachments;
using Shouldly;
using Xunit;
using static Luodi.Signings.Agreements.FulfilAgreementFeature;
using static Luodi.Signings.Attachments.AttachFileFeature;
using static Luodi.Signings.Attachments.AttachmentsFeature;

namespace Luodi.Specs.Signings;

public sealed class AttachmentsSpec : AgreementSpec
{
    private static readonly Guid FileId = Guid.Parse("01890000-0000-7000-8000-0000000000f1");
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n%%EOF\n");

    // SHA-256 of the bytes above, by another tool.
    private const string Digest = "f3771f7a85163097a3a362327220bc9c014e1ff9a901773d5a3089fd41ae41aa";

    private static readonly AttachmentAdded Added = new(Id, FileId, "签署文本.pdf", AttachmentKinds.SignedPaper, "application/pdf", 23, Digest);

    [Fact]
    public void A_file_is_attached_with_what_it_is_and_its_digest() =>
        Given(Drafted).When(agreement => AttachFileFeature.Decide(agreement, FileId, new AttachFile("签署文本.pdf", "signed-paper", Pdf))).Then(Added).Answering(new { attachmentId = FileId });

    [Fact]
    public void A_path_in_its_name_is_no_part_of_it() =>
        Given(Drafted).When(agreement => AttachFileFeature.Decide(agreement, FileId, new AttachFile(@"C:\桌面\签署文本.pdf", "signed-paper", Pdf))).Then(Added);

    [Fact]
    public void All_that_is_missing_is_said_at_once() =>
        Given(Drafted).When(agreement => AttachFileFeature.Decide(agreement, FileId, new AttachFile(null, null, []))).ThenRefused(new Missing("name"), new Missing("kind"), new FileMissing());

    [Fact]
    public void A_kind_that_there_is_not_is_refused() =>
        Given(Drafted).When(agreement => AttachFileFeature.Decide(agreement, FileId, new AttachFile("a.pdf", "music", Pdf))).ThenRefused<AttachmentKindUnknown>("kind");

    [Theory]
    [InlineData("病毒.exe")]
    [InlineData("网页.html")]
    [InlineData("没有扩展名")]
    public void What_is_no_document_is_not_kept(string name) =>
        Given(Drafted).When(agreement => AttachFileFeature.Decide(agreement, FileId, new AttachFile(name, "other", Pdf))).ThenRefused<FileTypeNotKept>("file");

    [Fact]
    public void A_file_that_is_not_what_its_name_says_is_refused()
    {
        Given(Drafted).When(agreement => AttachFileFeature.Decide(agreement, FileId, new AttachFile("照片.png", "photo", Pdf))).ThenRefused<FileIsSomethingElse>("file");
        Given(Drafted).When(agreement => AttachFileFeature.Decide(agreement, FileId, new AttachFile("文本.pdf", "other", "MZ"u8.ToArray()))).ThenRefused<FileIsSomethingElse>("file");
        Given(Drafted).When(agreement => AttachFileFeature.Decide(agreement, FileId, new AttachFile("文本.pdf", "other", Pdf[..10]))).ThenRefused<FileIsSomethingElse>("file");
    }

    [Fact]
    public void The_same_file_is_attached_once_and_again_after_it_was_withdrawn()
    {
        Given(Drafted, Added).When(agreement => AttachFileFeature.Decide(agreement, Guid.CreateVersion7(), new AttachFile("副本.pdf", "annex", Pdf))).ThenRefused<AttachedAlready>("file", 409);
        Given(Drafted, Added, new AttachmentWithdrawn(Id, FileId)).When(agreement => AttachFileFeature.Decide(agreement, FileId, new AttachFile("签署文本.pdf", "signed-paper", Pdf))).Then(Added);
    }

    [Fact]
    public void A_file_that_is_too_long_has_a_status_of_its_own() => new FileTooLarge(10).Status.ShouldBe(413);

    [Fact]
    public void A_file_is_withdrawn_with_a_reason()
    {
        Given(Drafted, Added).When(agreement => Withdraw(agreement, new WithdrawAttachment(FileId, "传错了"))).Then(new AttachmentWithdrawn(Id, FileId)).Because("传错了");
        Given(Drafted, Added).When(agreement => Withdraw(agreement, new WithdrawAttachment(null, null))).ThenRefused(new Missing("attachmentId"), new Missing("reason"));
        Given(Drafted).When(agreement => Withdraw(agreement, new WithdrawAttachment(FileId, "传错了"))).ThenRefused<NoSuchAttachment>("attachmentId");
    }

    [Fact]
    public void A_file_is_what_it_holds()
    {
        FileTypes.Detect([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 0xFF, 0xD9]).ShouldBe(FileTypes.Jpeg);
        FileTypes.Detect([0xFF, 0xD8, 0xFF, 0xE0, 1, 2]).ShouldBeNull();
        FileTypes.Detect([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. "....IEND"u8]).ShouldBe(FileTypes.Png);
        FileTypes.Detect(Packed("[Content_Types].xml", "word/document.xml")).ShouldBe(FileTypes.Docx);
        FileTypes.Detect(Packed("[Content_Types].xml", "xl/workbook.xml")).ShouldBe(FileTypes.Xlsx);
        FileTypes.Detect(Packed("OFD.xml")).ShouldBe(FileTypes.Ofd);
        FileTypes.Detect(Packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")).ShouldBeNull();
        FileTypes.Detect(Packed("setup.exe")).ShouldBeNull();
        FileTypes.Detect([.. "PK"u8, 3, 4, 9, 9]).ShouldBeNull();
        FileTypes.Detect([]).ShouldBeNull();
        FileTypes.Claimed("照片.JPEG").ShouldBe(FileTypes.Jpeg);
    }

    private static byte[] Packed(params string[] entries)
    {
        using var file = new MemoryStream();
        using (var packed = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries) packed.CreateEntry(entry);
        }
        return file.ToArray();
    }
}

public sealed class FulfilAgreementSpec : AgreementSpec
{
    private static readonly DateOnly Today = Day.AddDays(400);
    private static readonly FulfilAgreement Done = new(Day.AddDays(365), "验收报告");
    private static readonly AgreementFulfilled Fulfilled = new(Id, Day.AddDays(365));

    [Fact]
    public void An_agreement_of_which_all_is_done_is_fulfilled() =>
        Given(Drafted, Signed, Confirmed).When(agreement => Fulfil(agreement, Done, 0, Today)).Then(Fulfilled).Effective(Day.AddDays(365)).Because("验收报告");

    [Fact]
    public void Saying_so_again_changes_nothing() => Given(Drafted, Signed, Confirmed, Fulfilled).When(agreement => Fulfil(agreement, Done, 0, Today)).ThenNothing();

    [Fact]
    public void On_another_day_it_is_taken_back_first() =>
        Given(Drafted, Signed, Confirmed, Fulfilled).When(agreement => Fulfil(agreement, Done with { On = Day.AddDays(300) }, 0, Today)).ThenRefused<AgreementFulfilledAlready>();

    [Fact]
    public void While_an_obligation_is_open_it_is_not_fulfilled() => Given(Drafted, Signed, Confirmed).When(agreement => Fulfil(agreement, Done, 2, Today)).ThenRefused(new ObligationsOpen(2));

    [Fact]
    public void The_day_is_between_the_signing_and_today()
    {
        Given(Drafted, Signed, Confirmed).When(agreement => Fulfil(agreement, Done with { On = Day }, 0, Today)).Then(new AgreementFulfilled(Id, Day));
        Given(Drafted, Signed, Confirmed).When(agreement => Fulfil(agreement, Done with { On = Day.AddDays(-1) }, 0, Today)).ThenRefused<FulfilledBeforeSigned>("on");
        Given(Drafted, Signed, Confirmed).When(agreement => Fulfil(agreement, Done with { On = Today.AddDays(1) }, 0, Today)).ThenRefused<FulfilledBeforeSigned>("on");
    }

    [Fact]
    public void Only_what_is_in_force_and_does_not_wait_is_fulfilled()
    {
        Given(Drafted, Signed).When(agreement => Fulfil(agreement, Done, 0, Today)).ThenRefused<AmendAgreementFeature.NotInForce>();
        Given(Drafted, Signed, Confirmed, Amended).When(agreement => Fulfil(agreement, Done, 0, Today)).ThenRefused<AmendAgreementFeature.AnotherChangeWaits>();
    }

    [Fact]
    public void What_is_fulfilled_is_neither_amended_nor_terminated()
    {
        Given(Drafted, Signed, Confirmed, Fulfilled).When(agreement => TerminateAgreementFeature.Decide(agreement, new TerminateAgreement("退出"), new Chain([agreement]))).ThenRefused<AgreementFulfilledAlready>();
        Given(Drafted, Signed, Confirmed, Fulfilled).When(agreement => AmendAgreementFeature.Decide(agreement, new AmendAgreement(Yuan(1), "追加"), new Chain([agreement]))).ThenRefused<AgreementFulfilledAlready>();
    }

    [Fact]
    public void It_is_taken_back_with_a_reason()
    {
        Given(Drafted, Signed, Confirmed, Fulfilled).When(agreement => Reopen(agreement, new WithdrawFulfilment("验收未过"))).Then(new FulfilmentWithdrawn(Id)).Because("验收未过");
        Given(Drafted, Signed, Confirmed).When(agreement => Reopen(agreement, new WithdrawFulfilment("验收未过"))).ThenRefused<NotFulfilled>();
        Given(Drafted, Signed, Confirmed, Fulfilled).When(agreement => Reopen(agreement, new WithdrawFulfilment(" "))).ThenRefused(new Missing("reason"));
    }

    [Fact]
    public void A_paper_whose_term_ran_out_lapses_as_it_would_be_terminated() =>
        Given(Drafted, Signed, Confirmed).When(agreement => TerminateAgreementFeature.Decide(agreement, new TerminateAgreement("意向书有效期届满", Lapsed: true), new Chain([agreement]))).Then(new AgreementTerminated(Id, Lapsed: true));
}
