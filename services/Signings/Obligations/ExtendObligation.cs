using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Obligations;

/// <param name="To">The new day.</param>
public sealed record ExtendObligation(DateOnly? To, string? Reason);

public static class ExtendObligationFeature
{
    public sealed record FulfilledAlready() : Refusal("This obligation has been fulfilled.");

    public sealed record NotLater(DateOnly DueOn) : Refusal("It is due on {DueOn}: more time ends later than that.", "to");

    public static void MapExtendObligation(this IEndpointRouteBuilder obligations) => obligations
        .MapPost("{id:guid}/extend", (Guid id, ExtendObligation command, Deciding<Obligation> obligation, CancellationToken ct) =>
            obligation.Decide(id, state => Decide(state, command), ct))
        .WithSummary("Grants more time, with the reason; that it was overdue stays in its history")
        .RequireAuthorization(Policies.Manage);

    public static Decision Decide(Obligation obligation, ExtendObligation command)
    {
        var wrong = Check.All(Fields.Date(command.To, "to"), Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (obligation.FulfilledOn is not null) return new FulfilledAlready();
        return command.To <= obligation.DueOn
            ? new NotLater(obligation.DueOn)
            : Decision.Accept(new ObligationExtended(obligation.Id, obligation.DueOn, command.To!.Value)).Because(command.Reason!.Trim());
    }
}
