namespace Luodi.Contracts.Signings;

/// <summary>What a file of an agreement is.</summary>
public static class AttachmentKinds
{
    /// <summary>签署文本</summary>
    public const string SignedPaper = "signed-paper";

    /// <summary>附件</summary>
    public const string Annex = "annex";

    /// <summary>会议纪要</summary>
    public const string Minutes = "minutes";

    /// <summary>照片</summary>
    public const string Photo = "photo";

    /// <summary>凭证</summary>
    public const string Evidence = "evidence";

    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } = [SignedPaper, Annex, Minutes, Photo, Evidence, Other];
}

/// <summary>A file was attached to the agreement. The event knows its digest; its bytes stand apart.</summary>
/// <param name="Name">Of the file. No personal data of the other side.</param>
/// <param name="Kind">One of <see cref="AttachmentKinds"/>.</param>
/// <param name="MediaType">What it was seen to be.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its bytes, hexadecimal in lower case.</param>
[EventName("attachment_added")]
public sealed record AttachmentAdded(Guid AgreementId, Guid AttachmentId, string Name, string Kind, string MediaType, int Bytes, string Sha256);

/// <summary>The file is no part of the agreement's file, the reason beside the event.</summary>
[EventName("attachment_withdrawn")]
public sealed record AttachmentWithdrawn(Guid AgreementId, Guid AttachmentId);
