using JasperFx.Events;
using Luodi.Contracts.Portal;
using Luodi.ServiceDefaults.Decisions;
using Marten;
using Marten.Events.Aggregation;

namespace Luodi.Portal.Accounts;

/// <summary>The roles that sign in with a second factor. One stream for the whole bureau.</summary>
public sealed record FactorPolicy(Guid Id, IReadOnlyList<string> Roles)
{
    public static Guid Only { get; } = Guid.Parse("01900000-0000-7000-8000-000000000001");

    public bool Demands(Account account) => account.Roles.Any(Roles.Contains);
}

public sealed partial class FactorPolicyProjection : SingleStreamProjection<FactorPolicy, Guid>
{
    public override FactorPolicy? Evolve(FactorPolicy? snapshot, Guid id, IEvent e) => FactorPolicyFeature.Evolve(snapshot, e.Data);
}

public static class FactorPolicyFeature
{
    public sealed record AlreadyDemanded() : Refusal("This role signs in with a second factor already.", "role");

    public sealed record NotDemanded() : Refusal("This role needs no second factor.", "role");

    public static FactorPolicy? Evolve(FactorPolicy? policy, object fact) => fact switch
    {
        SecondFactorDemanded e => (policy ?? new(e.PolicyId, [])) is var p ? p with { Roles = [.. p.Roles, e.Role] } : null,
        SecondFactorWaived e when policy is not null => policy with { Roles = [.. policy.Roles.Where(role => role != e.Role)] },
        _ => policy,
    };

    public static void MapFactorPolicy(this IEndpointRouteBuilder portal)
    {
        portal.MapGet("second-factor", async (IQuerySession session, CancellationToken ct) => new { roles = (await session.LoadAsync<FactorPolicy>(FactorPolicy.Only, ct))?.Roles ?? [] })
            .WithSummary("The roles that sign in with a second factor")
            .RequireAuthorization(Duties.ReadAccounts);

        portal.MapPost("second-factor/demand", (ChangeRole command, Deciding<FactorPolicy> policy, CancellationToken ct) =>
            policy.Settle(FactorPolicy.Only, new(FactorPolicy.Only, []), state => Demand(state, command), ct))
            .WithSummary("From the next sign-in on, whoever has the role shows a second factor")
            .RequireAuthorization(Duties.SecurityAdministration);

        portal.MapPost("second-factor/waive", (ChangeRole command, Deciding<FactorPolicy> policy, CancellationToken ct) =>
            policy.Settle(FactorPolicy.Only, new(FactorPolicy.Only, []), state => Waive(state, command), ct))
            .WithSummary("The role needs no second factor any more")
            .RequireAuthorization(Duties.SecurityAdministration);
    }

    public static Decision Demand(FactorPolicy policy, ChangeRole command) =>
        GrantRoleFeature.Known(command) is { } wrong ? wrong
        : policy.Roles.Contains(command.Role!) ? new AlreadyDemanded()
        : Decision.Accept(new SecondFactorDemanded(policy.Id, command.Role!));

    public static Decision Waive(FactorPolicy policy, ChangeRole command) =>
        GrantRoleFeature.Known(command) is { } wrong ? wrong
        : policy.Roles.Contains(command.Role!) ? Decision.Accept(new SecondFactorWaived(policy.Id, command.Role!))
        : new NotDemanded();
}
