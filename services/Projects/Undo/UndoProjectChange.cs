using Luodi.Contracts.Projects;
using Luodi.Projects.CustomFields;
using Luodi.Projects.Details;
using Luodi.Projects.Milestones;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Undo;

public static class UndoProjectChangeFeature
{
    public sealed record HasAWayBack() : Refusal("This is undone by what is its opposite: take up work again, bring the project back, un-merge the records, end the sharing.");

    public sealed record StaysInTheHistory() : Refusal("A lead and a talk stay: drop the project, or log a further talk that says what is right.");

    public sealed record ContactsAreChangedThemselves() : Refusal("The history does not hold who a contact was: change, remove or add the contact itself.");

    public sealed record NobodyHadItBefore() : Refusal("Before that nobody had the project: hand it over to whom it belongs.");

    private static readonly IReadOnlyList<Func<ProjectDetails, object?>> Parts =
    [
        each => each.PlannedInvestment, each => each.FixedAssets, each => each.IndustryCode, each => each.Origin, each => each.Country,
        each => each.CreditCode, each => each.Channel, each => each.Introducer, each => each.Block, each => each.Tags,
    ];

    public static void MapUndoProjectChange(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/undo", (Guid id, UndoChange command, Deciding<Project> project, TimeProvider clock, CancellationToken ct) =>
            project.Decide(id, async (state, facts) =>
                Decide(state, command, await facts.Past<Project>(id, command.EventId), await facts.Shared<FieldBook>(FieldBook.Only) ?? FieldBook.Empty, clock.Today()), ct))
        .WithSummary("Undoes one change (`eventId`) by a further event, with the reason: what is known of the project, a field, its owner, a stage")
        // A handover is for persons: whoever may undo one may log and confirm.
        .RequireAuthorization(Policies.LogDeals, Policies.Confirm);

    public static Decision Decide(Project project, UndoChange command, Past<Project> past, FieldBook book, DateOnly today) => past.Undo(command, (change, before) => change switch
    {
        ProjectDescribed e => Described(project, ProjectDetails.Of(e), before?.Details ?? new()),
        ProjectFieldFilled e => project.Fields.GetValueOrDefault(e.FieldId) == e.To
            ? FillFieldsFeature.Decide(project, new FillFields(new Dictionary<Guid, string?> { [e.FieldId] = e.From }), book)
            : new ChangedSince(),
        OwnerAssigned e when project.Owners is not [.., var last] || last != new Ownership(e.Owner, e.From) => new ChangedSince(),
        OwnerAssigned e => before?.Owner is { } owner ? Decision.Accept(new OwnerAssigned(project.Id, owner, e.From)).Effective(e.From) : new NobodyHadItBefore(),
        StageReached e => project.ReachedOn(e.Stage) == e.On ? WithdrawStageFeature.Decide(project, new WithdrawStage(e.Stage, command.Reason)) : new ChangedSince(),
        StageWithdrawn e => project.ReachedOn(e.Stage) is null ? ReachStageFeature.Decide(project, new ReachStage(e.Stage, e.On, command.Reason), today) : new ChangedSince(),
        ProjectSigned or PaperAdded or PaperWithdrawn => new ReachStageFeature.FollowsFromItsAgreement(),
        LeadRegistered or FollowUpLogged => new StaysInTheHistory(),
        ContactAdded or ContactChanged or ContactRemoved or ContactForgettingRequested or ContactForgettingWithdrawn or ContactForgettingRefused or ContactForgotten => new ContactsAreChangedThemselves(),
        _ => new HasAWayBack(),
    });

    // Only what this change set goes back: what was added beside it since then stays.
    private static Decision Described(Project project, ProjectDetails set, ProjectDetails before)
    {
        var now = project.Details;
        if (Parts.Any(part => !Equals(part(set), part(before)) && !Equals(part(now), part(set)))) return new ChangedSince();
        var back = new ProjectDetails(
            Back(each => each.PlannedInvestment), Back(each => each.FixedAssets), Back(each => each.IndustryCode), Back(each => each.Origin), Back(each => each.Country),
            Back(each => each.CreditCode), Back(each => each.Channel), Back(each => each.Introducer), Back(each => each.Block), Back(each => each.Tags));
        // What no longer fits together does so because of what came later.
        return DescribeProjectFeature.Decide(project, back) is { Refusals.Count: 0 } described ? described : new ChangedSince();

        T? Back<T>(Func<ProjectDetails, T?> part) where T : class => Equals(part(set), part(before)) ? part(now) : part(before);
    }
}
