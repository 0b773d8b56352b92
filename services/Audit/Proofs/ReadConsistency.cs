using Luodi.Audit.Log;
using Luodi.Proof;
using Luodi.Proof.Tree;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Audit.Proofs;

public static class ReadConsistencyFeature
{
    public sealed record BeyondTheLog(long Signed) : Refusal("The newest checkpoint is of {Signed} entries; the earlier size is 0 or more and not above the later one.", "from");

    public static void MapReadConsistency(this IEndpointRouteBuilder api) => api
        .MapGet("consistency", async (LogReader reader, CancellationToken ct, long from = 0, long? to = null) =>
        {
            if ((to is { } size ? await reader.Checkpoint(size, ct) : await reader.Newest(ct)) is not { } later) return Problems.Of(new NotFound());
            return from < 0 || from > later.Size ? Problems.Of(new BeyondTheLog(later.Size)) : Results.Text((await Of(reader, from, later, ct)).ToString(), "text/plain; charset=utf-8");
        })
        .WithTags("Proofs")
        .WithSummary("That the log of the checkpoint `to` (the newest where none is named) continues the log as it was with `from` entries: what a witness is sent (tlog-witness)")
        .RequireAuthorization(Policies.Feed);

    /// <summary>The proof with the later checkpoint, as a witness takes it.</summary>
    public static async Task<AddCheckpointRequest> Of(LogReader reader, long from, SignedCheckpoint later, CancellationToken ct) =>
        new(from, await reader.Compute(ProofPlan.Consistency(from, later.Size), ct), later.ReadNote());
}
