using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.FollowUps;

/// <param name="On">The day of the talk; today where it is left out.</param>
/// <param name="Text">What came of it.</param>
/// <param name="NextOn">When to follow up again.</param>
public sealed record LogFollowUp(DateOnly? On, string? Text, DateOnly? NextOn);

public static class LogFollowUpFeature
{
    public sealed record NotYet() : Refusal("This day has not come yet: log the talk when it has happened.", "on");

    public sealed record NextIsBefore() : Refusal("The next follow-up comes after this one.", "nextOn");

    public static void MapLogFollowUp(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/follow-ups", (Guid id, LogFollowUp command, Deciding<Project> project, TimeProvider clock, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, Guid.CreateVersion7(), command, clock.Today()), ct, StatusCodes.Status201Created))
        .WithSummary("Logs a talk with the investor, and when to follow up again")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, Guid followUpId, LogFollowUp command, DateOnly today)
    {
        var on = command.On ?? today;
        var wrong = Check.All(
            command.On is null ? null : Fields.Date(command.On, "on") ?? (on > today ? new NotYet() : null),
            Fields.Text(command.Text, "text"),
            command.NextOn is null ? null : Fields.Date(command.NextOn, "nextOn") ?? (command.NextOn <= on ? new NextIsBefore() : null));
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new FollowUpLogged(project.Id, followUpId, on, command.Text!.Trim(), command.NextOn)).Effective(on).Answering(new { id = followUpId });
    }
}
