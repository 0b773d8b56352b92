using System.Security.Cryptography;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Agreements;

namespace Luodi.Signings.Attachments;

/// <param name="Name">Of the file, with its extension.</param>
/// <param name="Kind">signed-paper, annex, minutes, photo, evidence or other.</param>
/// <param name="Content">Its bytes.</param>
public sealed record AttachFile(string? Name, string? Kind, byte[] Content);

public static class AttachFileFeature
{
    public sealed record AttachmentKindUnknown() : Refusal("A file is one of signed-paper, annex, minutes, photo, evidence, other.", "kind");

    public sealed record FileMissing() : Refusal("There is no file, or it is empty.", "file");

    public sealed record FileTooLarge(int LimitMegabytes) : Refusal("The file has more than {LimitMegabytes} MB.", "file")
    {
        public override int Status => 413;
    }

    public sealed record FileTypeNotKept(string Kept) : Refusal("Kept are {Kept}.", "file");

    public sealed record FileIsSomethingElse(string Extension) : Refusal("The file is called .{Extension} and holds something else, is cut off, or has macros.", "file");

    public sealed record AttachedAlready(string Name) : Refusal("This very file is attached already, as {Name}.", "file")
    {
        public override int Status => 409;
    }

    public static void MapAttachFile(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("{id:guid}/attachments", async (Guid id, HttpContext http, Deciding<Agreement> agreement, CancellationToken ct, string? name = null, string? kind = null) =>
        {
            if (await Read(http.Request, ct) is not { } content) return Problems.Of(new FileTooLarge(FileTypes.LimitBytes / 1024 / 1024));
            var (attachment, file) = (Guid.CreateVersion7(), new AttachFile(name, kind, content));
            return await agreement.Decide(id, (state, facts) =>
            {
                var decision = Decide(state, attachment, file);
                if (decision.Refusals.Count == 0) facts.Keep("insert into signings.attachment (id, content) values (?, ?)", attachment, content);
                return ValueTask.FromResult(decision);
            }, ct, StatusCodes.Status201Created);
        })
        .WithSummary("Attaches a file, the body of the request: pdf, jpg, png, docx, xlsx or ofd of at most 10 MB")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Agreement agreement, Guid attachment, AttachFile command)
    {
        var name = command.Name?.Split('/', '\\')[^1].Trim();
        var claimed = name is null ? null : FileTypes.Claimed(name);
        var wrong = Check.All(
            Fields.Text(name, "name"),
            command.Kind is null ? new Missing("kind") : AttachmentKinds.All.Contains(command.Kind) ? null : new AttachmentKindUnknown(),
            command.Content.Length == 0 ? new FileMissing()
                : claimed is null ? name is null ? null : new FileTypeNotKept(string.Join(", ", FileTypes.All.Select(type => type.Extension)))
                : FileTypes.Detect(command.Content) != claimed ? new FileIsSomethingElse(claimed.Extension) : null);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var digest = Convert.ToHexStringLower(SHA256.HashData(command.Content));
        return agreement.Attachments.FirstOrDefault(each => each.Sha256 == digest) is { } same
            ? new AttachedAlready(same.Name)
            : Decision.Accept(new AttachmentAdded(agreement.Id, attachment, name!, command.Kind!, claimed!.MediaType, command.Content.Length, digest)).Answering(new { attachmentId = attachment });
    }

    /// <summary>Null where it is longer than what is kept.</summary>
    private static async Task<byte[]?> Read(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > FileTypes.LimitBytes) return null;
        using var content = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            content.Write(buffer, 0, read);
            if (content.Length > FileTypes.LimitBytes) return null;
        }
        return content.ToArray();
    }
}
