using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Enterprises;

public sealed record RenameEnterprise(string? Name);

/// <param name="Chain">The chain's name; left out, with the role, for none.</param>
/// <param name="Role">leader or member.</param>
public sealed record SetChainRole(string? Chain, string? Role);

/// <param name="Reason">It moved away, was struck off…</param>
public sealed record LeaveZone(DateOnly? On, string? Reason);

public static class ChangeEnterpriseFeature
{
    public sealed record ChainRoleIncomplete() : Refusal("A part in a chain is the chain's name and leader or member.", "role");

    public sealed record HasLeft(DateOnly On) : Refusal("The enterprise left the zone on {On}.");

    public sealed record BeforeItsRegistration(DateOnly RegisteredOn, string Name) : Refusal("It was registered on {RegisteredOn}: nothing happened to it before.", Name);

    public static void MapChangeEnterprise(this IEndpointRouteBuilder enterprises)
    {
        enterprises.MapPost("{id:guid}/rename", (Guid id, RenameEnterprise command, Deciding<Enterprise> enterprise, CancellationToken ct) =>
            enterprise.Decide(id, state => Rename(state, command), ct))
            .WithSummary("Gives an enterprise its new name; the old one stays to be found by")
            .RequireAuthorization(Policies.LogDeals);

        enterprises.MapPost("{id:guid}/chain", (Guid id, SetChainRole command, Deciding<Enterprise> enterprise, CancellationToken ct) =>
            enterprise.Decide(id, state => SetChain(state, command), ct))
            .WithSummary("The enterprise's part in an industry chain")
            .RequireAuthorization(Policies.LogDeals);

        enterprises.MapPost("{id:guid}/leave", (Guid id, LeaveZone command, Deciding<Enterprise> enterprise, TimeProvider clock, CancellationToken ct) =>
            enterprise.Decide(id, state => Leave(state, command, clock.Today()), ct))
            .WithSummary("The enterprise left the zone or was struck off, with the reason")
            .RequireAuthorization(Policies.LogDeals);
    }

    public static Decision Rename(Enterprise enterprise, RenameEnterprise command) =>
        Fields.Text(command.Name, "name") is { } wrong ? wrong
        : command.Name!.Trim() == enterprise.Name ? Decision.Accept()
        : Decision.Accept(new EnterpriseRenamed(enterprise.Id, command.Name.Trim()));

    public static Decision SetChain(Enterprise enterprise, SetChainRole command)
    {
        var (chain, role) = (string.IsNullOrWhiteSpace(command.Chain) ? null : command.Chain.Trim(), string.IsNullOrWhiteSpace(command.Role) ? null : command.Role);
        if ((chain is null) != (role is null) || (role is not null && !ChainRoles.All.Contains(role))) return new ChainRoleIncomplete();
        if (chain is not null && Fields.Text(chain, "chain") is { } wrong) return wrong;
        return (chain, role) == (enterprise.Chain, enterprise.ChainRole) ? Decision.Accept() : Decision.Accept(new ChainRoleSet(enterprise.Id, chain, role));
    }

    public static Decision Leave(Enterprise enterprise, LeaveZone command, DateOnly today)
    {
        var wrong = Check.All(Since(enterprise, command.On, "on", today), Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return enterprise.LeftOn is { } left ? new HasLeft(left) : Decision.Accept(new EnterpriseLeft(enterprise.Id, command.On!.Value)).Effective(command.On.Value).Because(command.Reason!.Trim());
    }

    /// <summary>A day that has come, and not before the enterprise was there.</summary>
    internal static Refusal? Since(Enterprise enterprise, DateOnly? day, string name, DateOnly today) =>
        RegisterEnterpriseFeature.Past(day, name, today) ?? (day < enterprise.RegisteredOn ? new BeforeItsRegistration(enterprise.RegisteredOn, name) : null);
}
