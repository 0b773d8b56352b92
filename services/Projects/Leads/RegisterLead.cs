using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Leads;

/// <param name="ExpectedInvestment">What the investor speaks of, if anything yet.</param>
/// <param name="Illustrative">Made up to show the system.</param>
public sealed record RegisterLead(string? Name, string? Industry, string? Investor, Money? ExpectedInvestment, bool Illustrative = false);

public static class RegisterLeadFeature
{
    public static void MapRegisterLead(this IEndpointRouteBuilder projects) => projects
        .MapPost("", (RegisterLead command, Deciding<Project> project, CancellationToken ct) =>
            project.Start(id => Decide(id, command, project.Acting.Department), ct))
        .WithSummary("Registers a lead")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, RegisterLead command, string? department)
    {
        var wrong = Check.All(
            Fields.Text(command.Name, "name"),
            Fields.Industry(command.Industry),
            Fields.Text(command.Investor, "investor"),
            command.ExpectedInvestment is null ? null : Fields.Amount(command.ExpectedInvestment, "expectedInvestment"));
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new LeadRegistered(id, command.Name!.Trim(), command.Industry!, command.Investor!.Trim(), command.ExpectedInvestment, command.Illustrative, department));
    }
}
