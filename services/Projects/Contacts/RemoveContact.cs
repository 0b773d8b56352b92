using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Contacts;

public sealed record RemoveContact(Guid? ContactId);

public static class RemoveContactFeature
{
    public static void MapRemoveContact(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/remove-contact", (Guid id, RemoveContact command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, (state, _) => ValueTask.FromResult(Decide(state, command)), ct, aside: true))
        .WithSummary("The person is no contact of the project any more; to delete what is known of them they are forgotten")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, RemoveContact command) =>
        ChangeContactFeature.Find(project, command.ContactId, out var mark) is { } missing ? missing
        : mark.Status is ContactStatus.Removed ? ChangeContactFeature.Accept(mark)
        : ChangeContactFeature.Accept(mark, new ContactRemoved(project.Id, mark.Id));
}
