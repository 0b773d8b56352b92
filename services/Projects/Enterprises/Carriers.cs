using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Enterprises;

/// <param name="Carrier">Its name.</param>
/// <param name="Kind">makerspace, incubator, accelerator or science-park.</param>
/// <param name="Level">national, provincial, municipal or district.</param>
public sealed record AdmitEnterprise(string? Carrier, string? Kind, string? Level, DateOnly? On);

public sealed record GraduateEnterprise(DateOnly? On);

public static class CarriersFeature
{
    public sealed record CarrierKindUnknown() : Refusal("A carrier is one of makerspace, incubator, accelerator, science-park.", "kind");

    public sealed record CarrierLevelUnknown() : Refusal("A level is one of national, provincial, municipal, district.", "level");

    public sealed record StillAt(string Carrier) : Refusal("The enterprise is at {Carrier}: it graduates there before another one takes it in.");

    public sealed record AtNoCarrier() : Refusal("No carrier has the enterprise.");

    public sealed record BeforeItsAdmission(DateOnly AdmittedOn) : Refusal("It was taken in on {AdmittedOn}: what comes after it is later.", "on");

    public static void MapCarriers(this IEndpointRouteBuilder enterprises)
    {
        enterprises.MapPost("{id:guid}/admit", (Guid id, AdmitEnterprise command, Deciding<Enterprise> enterprise, TimeProvider clock, CancellationToken ct) =>
            enterprise.Decide(id, state => Admit(state, command, clock.Today()), ct))
            .WithSummary("A carrier takes the enterprise in")
            .RequireAuthorization(Policies.LogDeals);

        enterprises.MapPost("{id:guid}/graduate", (Guid id, GraduateEnterprise command, Deciding<Enterprise> enterprise, TimeProvider clock, CancellationToken ct) =>
            enterprise.Decide(id, state => Graduate(state, command, clock.Today()), ct))
            .WithSummary("The enterprise graduates from its carrier")
            .RequireAuthorization(Policies.LogDeals);
    }

    public static Decision Admit(Enterprise enterprise, AdmitEnterprise command, DateOnly today)
    {
        var wrong = Check.All(
            Fields.Text(command.Carrier, "carrier"),
            command.Kind is null ? new Missing("kind") : CarrierKinds.All.Contains(command.Kind) ? null : new CarrierKindUnknown(),
            command.Level is null ? new Missing("level") : CarrierLevels.All.Contains(command.Level) ? null : new CarrierLevelUnknown(),
            ChangeEnterpriseFeature.Since(enterprise, command.On, "on", today));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (enterprise.LeftOn is { } left) return new ChangeEnterpriseFeature.HasLeft(left);
        return enterprise.Stays is [.., var last] && last.GraduatedOn is null ? new StillAt(last.Carrier)
            : enterprise.Stays is [.., { GraduatedOn: { } graduated }] && command.On < graduated ? new BeforeItsAdmission(graduated)
            : Decision.Accept(new EnterpriseAdmitted(enterprise.Id, command.Carrier!.Trim(), command.Kind!, command.Level!, command.On!.Value)).Effective(command.On.Value);
    }

    public static Decision Graduate(Enterprise enterprise, GraduateEnterprise command, DateOnly today) =>
        RegisterEnterpriseFeature.Past(command.On, "on", today) is { } wrong ? wrong
        : enterprise.Stays is not [.., { GraduatedOn: null } last] ? new AtNoCarrier()
        : command.On < last.AdmittedOn ? new BeforeItsAdmission(last.AdmittedOn)
        : Decision.Accept(new EnterpriseGraduated(enterprise.Id, command.On!.Value)).Effective(command.On.Value);
}
