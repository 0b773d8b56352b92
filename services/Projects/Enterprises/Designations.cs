using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Enterprises;

/// <param name="Kind">innovative-sme, provincial-specialised, national-little-giant or high-tech.</param>
/// <param name="Number">Of the certificate or the notice.</param>
/// <param name="ExpiresOn">The last day on which it holds.</param>
public sealed record GrantDesignation(string? Kind, string? Authority, string? Number, DateOnly? GrantedOn, DateOnly? ExpiresOn);

public sealed record WithdrawDesignation(Guid? DesignationId, string? Reason);

public static class DesignationsFeature
{
    public sealed record DesignationUnknown() : Refusal("A designation is one of innovative-sme, provincial-specialised, national-little-giant, high-tech.", "kind");

    public sealed record ExpiresBefore() : Refusal("It expires after it was granted.", "expiresOn");

    public sealed record HoldsAlready(DateOnly Until) : Refusal("The enterprise has this designation until {Until}: the next one is granted after that, or this one is withdrawn first.", "grantedOn");

    public sealed record NoSuchDesignation() : Refusal("The enterprise has no such designation, or it was withdrawn.", "designationId");

    public static void MapDesignations(this IEndpointRouteBuilder enterprises)
    {
        enterprises.MapPost("{id:guid}/designations", (Guid id, GrantDesignation command, Deciding<Enterprise> enterprise, TimeProvider clock, CancellationToken ct) =>
            enterprise.Decide(id, state => Grant(state, Guid.CreateVersion7(), command, clock.Today()), ct, StatusCodes.Status201Created))
            .WithSummary("An authority recognised the enterprise")
            .RequireAuthorization(Policies.LogDeals);

        enterprises.MapPost("{id:guid}/withdraw-designation", (Guid id, WithdrawDesignation command, Deciding<Enterprise> enterprise, CancellationToken ct) =>
            enterprise.Decide(id, state => Withdraw(state, command), ct))
            .WithSummary("The recognition was withdrawn or entered in error, with the reason")
            .RequireAuthorization(Policies.LogDeals);
    }

    public static Decision Grant(Enterprise enterprise, Guid designationId, GrantDesignation command, DateOnly today)
    {
        var wrong = Check.All(
            command.Kind is null ? new Missing("kind") : DesignationKinds.All.Contains(command.Kind) ? null : new DesignationUnknown(),
            Fields.Text(command.Authority, "authority"),
            Fields.Text(command.Number, "number"),
            ChangeEnterpriseFeature.Since(enterprise, command.GrantedOn, "grantedOn", today),
            Fields.Date(command.ExpiresOn, "expiresOn") ?? (command.ExpiresOn <= command.GrantedOn ? new ExpiresBefore() : null));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var (granted, expires) = (command.GrantedOn!.Value, command.ExpiresOn!.Value);
        if (enterprise.Designations.FirstOrDefault(each => each.Kind == command.Kind && each.WithdrawnBecause is null && each.GrantedOn <= expires && granted <= each.ExpiresOn) is { } holding) return new HoldsAlready(holding.ExpiresOn);
        return Decision.Accept(new DesignationGranted(enterprise.Id, designationId, command.Kind!, command.Authority!.Trim(), command.Number!.Trim(), granted, expires))
            .Effective(granted).Answering(new { id = designationId });
    }

    public static Decision Withdraw(Enterprise enterprise, WithdrawDesignation command)
    {
        var wrong = Check.All(Fields.Present(command.DesignationId, "designationId"), Fields.Text(command.Reason, "reason"));
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : !enterprise.Designations.Any(each => each.Id == command.DesignationId && each.WithdrawnBecause is null) ? new NoSuchDesignation()
            : Decision.Accept(new DesignationWithdrawn(enterprise.Id, command.DesignationId!.Value)).Because(command.Reason!.Trim());
    }
}
