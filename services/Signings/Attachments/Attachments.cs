using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Luodi.Signings.Agreements;
using Npgsql;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Luodi.Signings.Attachments;

/// <summary>A file of an agreement.</summary>
/// <param name="Kind">One of <see cref="AttachmentKinds"/>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its bytes, in hexadecimal: who has the file can show that it is this one.</param>
/// <param name="WithdrawnBecause">Null while it is part of the agreement's file.</param>
public sealed record Attachment(Guid Id, string Name, string Kind, string MediaType, int Bytes, string Sha256, string? AddedBy = null, DateTimeOffset AddedAt = default, string? WithdrawnBecause = null);

public sealed record WithdrawAttachment(Guid? AttachmentId, string? Reason);

public static class AttachmentsFeature
{
    public sealed record NoSuchAttachment() : Refusal("The agreement has no such file, or it was withdrawn.", "attachmentId");

    /// <summary>The bytes stand apart from the events, which know their digest: they can be erased by law, and every event stays what it was.</summary>
    internal static Table Table()
    {
        var table = new Table(new PostgresqlObjectName("signings", "attachment", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("id", "uuid").AsPrimaryKey();
        table.AddColumn("content", "bytea").NotNull();
        return table;
    }

    public static void MapAttachments(this IEndpointRouteBuilder agreements)
    {
        agreements.MapGet("{id:guid}/attachments", async (Guid id, [AsParameters] RecordAsOf asOf, AgreementReader reader, CancellationToken ct) =>
            (await reader.View(id, asOf, ct))?.Attachments is { } items ? Results.Ok(new { items }) : Problems.Of(new NotFound()))
            .WithSummary("The files of an agreement, in the order in which they were attached")
            .RequireAuthorization(Policies.Read);

        agreements.MapGet("{id:guid}/attachments/{attachment:guid}", async (Guid id, Guid attachment, HttpContext http, AgreementReader reader, NpgsqlDataSource store, CancellationToken ct) =>
        {
            if ((await reader.View(id, new(), ct))?.Attachments.FirstOrDefault(each => each.Id == attachment) is not { } file) return Problems.Of(new NotFound());
            await using var command = store.CreateCommand("select content from signings.attachment where id = $1");
            command.Parameters.Add(new() { Value = attachment });
            if (await command.ExecuteScalarAsync(ct) is not byte[] content) return Problems.Of(new NotFound());
            // A file of somebody else's is saved and never run as a page of ours.
            http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(file.Sha256))}:";
            return Results.File(content, file.MediaType, file.Name);
        })
        .WithSummary("The bytes of a file, with their digest (Repr-Digest, RFC 9530)")
        .RequireAuthorization(Policies.Read);

        agreements.MapPost("{id:guid}/withdraw-attachment", (Guid id, WithdrawAttachment command, Deciding<Agreement> agreement, CancellationToken ct) =>
            agreement.Decide(id, state => Withdraw(state, command), ct))
            .WithSummary("Takes a file out of the agreement's file, with the reason; it stays to be read in its history")
            .RequireAuthorization(Policies.LogDeals);
    }

    public static Decision Withdraw(Agreement agreement, WithdrawAttachment command)
    {
        var wrong = Check.All(Fields.Present(command.AttachmentId, "attachmentId"), Fields.Text(command.Reason, "reason"));
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : agreement.Attachments.All(each => each.Id != command.AttachmentId) ? new NoSuchAttachment()
            : Decision.Accept(new AttachmentWithdrawn(agreement.Id, command.AttachmentId!.Value)).Because(command.Reason!.Trim());
    }
}
