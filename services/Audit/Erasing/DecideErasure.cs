using System.Text.Json;
using Luodi.Audit.Log;
using Luodi.Contracts.Audit;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Audit.Erasing;

public sealed record RefuseErasure(string? Reason);

public static class DecideErasureFeature
{
    public sealed record ErasureDecided() : Refusal("This erasure waits for nobody any more.");

    public sealed record ErasureAskedByYourself() : Refusal("You asked for this erasure yourself: somebody else decides on it.");

    public sealed record ErasureAskedByAnother() : Refusal("Somebody else asked for this erasure: only they withdraw it.");

    public static void MapDecideErasure(this IEndpointRouteBuilder erasures)
    {
        erasures.MapPost("{id:guid}/approve", async (Guid id, HttpContext http, IQuerySession session, LogReader reader, Deciding<Erasure> erasure, CancellationToken ct) =>
        {
            var payload = await PayloadOf(id, session, reader, ct);
            return await erasure.Decide(id, state => Approve(state, payload, Acting.Of(http).Actor), ct);
        })
        .WithSummary("Approves an erasure that somebody else asked for: the operator then runs it (deploy/erase)")
        .RequireAuthorization(Policies.Erase);

        erasures.MapPost("{id:guid}/refuse", async (Guid id, RefuseErasure command, HttpContext http, IQuerySession session, LogReader reader, Deciding<Erasure> erasure, CancellationToken ct) =>
        {
            var payload = await PayloadOf(id, session, reader, ct);
            return await erasure.Decide(id, state => Refuse(state, command, payload, Acting.Of(http).Actor), ct);
        })
        .WithSummary("Refuses an erasure that somebody else asked for, with the reason; it can be asked for anew")
        .RequireAuthorization(Policies.Erase);

        erasures.MapPost("{id:guid}/withdraw", (Guid id, HttpContext http, Deciding<Erasure> erasure, CancellationToken ct) => erasure.Decide(id, state => Withdraw(state, Acting.Of(http).Actor), ct))
            .WithSummary("Takes back what one asked for, while nobody has decided on it")
            .RequireAuthorization(Policies.Erase);
    }

    public static Decision Approve(Erasure erasure, JsonElement? payload, string actor) =>
        Waits(erasure, actor) is { } wrong ? wrong
        : payload is not { } whole ? new RequestErasureFeature.PayloadErasedAlready()
        : Decision.Accept(new ErasureApproved(erasure.Id, erasure.EventId, erasure.Source, erasure.Sequence, Erased.DigestOf(Erased.Mask(whole, erasure.Texts))));

    public static Decision Refuse(Erasure erasure, RefuseErasure command, JsonElement? payload, string actor) =>
        (Fields.Text(command.Reason, "reason") ?? Waits(erasure, actor)) is { } wrong ? wrong
        : payload is { } whole && RequestErasureFeature.Says(command.Reason!, whole, erasure.Texts) ? new RequestErasureFeature.TextSaidAgain("reason")
        : Decision.Accept(new ErasureRefused(erasure.Id, erasure.EventId)).Because(command.Reason!.Trim()).Releasing(RequestErasureFeature.KeyOf(erasure.EventId));

    public static Decision Withdraw(Erasure erasure, string actor) =>
        erasure.State is not ErasureStates.Requested ? new ErasureDecided()
        : erasure.RequestedBy != actor ? new ErasureAskedByAnother()
        : Decision.Accept(new ErasureWithdrawn(erasure.Id, erasure.EventId)).Releasing(RequestErasureFeature.KeyOf(erasure.EventId));

    private static Refusal? Waits(Erasure erasure, string actor) =>
        erasure.State is not ErasureStates.Requested ? new ErasureDecided() : erasure.RequestedBy == actor ? new ErasureAskedByYourself() : null;

    private static async Task<JsonElement?> PayloadOf(Guid id, IQuerySession session, LogReader reader, CancellationToken ct) =>
        await session.LoadAsync<Erasure>(id, ct) is { } erasure && (await reader.Entry(erasure.EventId, ct))?.Payload is { } payload ? JsonElement.Parse(payload) : null;
}
