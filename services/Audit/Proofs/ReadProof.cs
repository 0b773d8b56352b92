using Luodi.Audit.Log;
using Luodi.Proof;
using Luodi.Proof.Tree;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Audit.Proofs;

public static class ReadProofFeature
{
    /// <summary>A checkpoint follows within a minute.</summary>
    public sealed record NotSignedYet() : Refusal("The event stands in the log, and no checkpoint covers it yet. Try again in a minute.");

    public static void MapReadProof(this IEndpointRouteBuilder api) => api
        .MapGet("proofs/{id:guid}", async (Guid id, LogReader reader, CancellationToken ct) =>
            await reader.Entry(id, ct) is not { } entry ? Problems.Of(new NotFound())
            : await reader.Covering(entry.Index, ct) is not { } signed ? Problems.Of(new NotSignedYet())
            : Results.Text((await Of(reader, entry.Index, signed, ct)).ToString(), "text/plain; charset=utf-8"))
        .WithTags("Proofs")
        .WithSummary("That the event stands in the log, as one file (tlog-proof)")
        .RequireAuthorization(Policies.Administration);

    /// <summary>That an entry stands in the log of a checkpoint.</summary>
    public static async Task<LogProof> Of(LogReader reader, long index, SignedCheckpoint signed, CancellationToken ct) =>
        new(index, await reader.Compute(ProofPlan.Inclusion(index, signed.Size), ct), signed.ReadNote());
}
