using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Stages;

public static class StartNegotiationFeature
{
    public sealed record PastTheLead() : Refusal("Only a lead moves to negotiation; this project is past that stage.");

    public static void MapStartNegotiation(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/negotiate", (Guid id, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, Decide, ct))
        .WithSummary("Moves a lead to negotiation")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project) => project.Stage is Stage.Lead
        ? Decision.Accept(new NegotiationStarted(project.Id))
        : new PastTheLead();
}
