using System.Text;
using Luodi.Audit.Log;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Audit.Proofs;

/// <param name="Checkpoint">As it was printed or kept: text, empty line, signatures.</param>
public sealed record CompareCheckpoint(string? Checkpoint);

/// <summary>Today's log beside a checkpoint that somebody kept.</summary>
/// <param name="Size">Of the checkpoint that was kept.</param>
/// <param name="Flaw">What is wrong; null where today's log continues it.</param>
/// <param name="Problem">The same in words.</param>
/// <param name="Newest">The checkpoint of today's log that it was compared with.</param>
/// <param name="Proof">That the one continues the other, to be checked by somebody else; null where it does not.</param>
public sealed record CheckpointComparison(string Origin, long Size, string Root, IReadOnlyList<string> SignedBy, Flaw? Flaw, string? Problem, long NewestSize, DateTimeOffset NewestSignedAt, string Newest, string? Proof);

public static class CompareCheckpointFeature
{
    public sealed record CheckpointUnreadable(string Why) : Refusal("This is no checkpoint: {Why}", "checkpoint");

    public static void MapCompareCheckpoint(this IEndpointRouteBuilder api) => api
        .MapPost("consistency", async (CompareCheckpoint command, LogReader reader, LogKeys keys, CancellationToken ct) =>
        {
            if (string.IsNullOrWhiteSpace(command.Checkpoint)) return Problems.Of(new Missing("checkpoint"));
            Note kept;
            Checkpoint checkpoint;
            try
            {
                kept = Note.Parse(Encoding.UTF8.GetBytes(command.Checkpoint.ReplaceLineEndings("\n").TrimEnd('\n') + "\n"));
                checkpoint = Checkpoint.Parse(kept.Text);
            }
            catch (ProofException unreadable)
            {
                return Problems.Of(new CheckpointUnreadable(unreadable.Message));
            }
            if (await reader.Newest(ct) is not { } newest) return Problems.Of(new ReadProofFeature.NotSignedYet());
            var signedBy = new List<string>();
            try
            {
                if (checkpoint.Origin != keys.Origin) throw new ProofException(Flaw.Log, $"It is of another log: {checkpoint.Origin}.");
                signedBy.AddRange(kept.Verify(keys.Known()).Select(attestation => attestation.Key.ToString()));
                var later = newest.Read();
                if (checkpoint.Size > later.Size) throw new ProofException(Flaw.Bounds, $"It is of {checkpoint.Size} entries, and today's log has only {later.Size}.");
                var proof = await ReadConsistencyFeature.Of(reader, checkpoint.Size, newest, ct);
                proof.CheckConsistency(checkpoint.Root, later);
                return Results.Ok(Compared(null, proof.ToString()));
            }
            catch (ProofException flaw)
            {
                return Results.Ok(Compared(flaw, null));
            }

            CheckpointComparison Compared(ProofException? flaw, string? proof) => new(
                checkpoint.Origin, checkpoint.Size, checkpoint.Root.ToString(), signedBy, flaw?.Flaw, flaw?.Message, newest.Size, newest.SignedAt, newest.Note, proof);
        })
        .WithTags("Proofs")
        .WithSummary("Whether today's log continues a checkpoint that was printed or kept elsewhere")
        .Produces<CheckpointComparison>()
        .RequireAuthorization(Policies.Feed);
}
