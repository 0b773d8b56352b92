using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Projects.Contacts;

/// <param name="Basis">One of <see cref="ForgettingBases"/>.</param>
public sealed record RequestForgetting(Guid? ContactId, string? Basis);

public sealed record WithdrawForgetting(Guid? ContactId);

/// <param name="Because">One of <see cref="ForgettingRefusals"/>.</param>
public sealed record RefuseForgetting(Guid? ContactId, string? Because);

public sealed record ForgetContact(Guid? ContactId);

/// <summary>One person asks that a contact be forgotten, another one has it done. The history says who, when and on which ground, and proves it; of the person it never said anything.</summary>
public static class ForgetContactFeature
{
    public sealed record ForgettingBasisUnknown() : Refusal("The ground is one of person-asked, purpose-ended, period-ended, unlawful.", "basis");

    public sealed record ForgettingRefusalUnknown() : Refusal("Why not is one of must-be-kept, not-shown.", "because");

    public sealed record ForgettingAskedAlready() : Refusal("It was asked already that this contact be forgotten: a second person decides.");

    public sealed record NoForgettingAsked() : Refusal("Nobody has asked that this contact be forgotten.");

    public sealed record ForgettingAskedByYourself() : Refusal("You asked for this yourself: somebody else has to confirm or refuse it.");

    // A digest of what was entered can be guessed at. Emptied, it is that of no request, and the key of the request stays taken.
    private const string NoDigests = """update projects.mt_doc_firstanswer set data = jsonb_set(data, '{request}', '""') where data->>'body' like ?""";

    internal const string WaitsIndex = "project_forgetting";

    /// <summary>The index of the few projects in which a second person is waited for: every page asks how many they are. Marten is told to leave it alone.</summary>
    internal const string Index = $"""
        create or replace function projects.forgetting_waits(jsonb) returns boolean language sql immutable strict parallel safe as
          $$ select jsonb_path_exists($1, '$.contacts[*] ? (@.status != "Forgotten" && @.forgetting.basis != "")') $$;
        create index if not exists {WaitsIndex} on projects.mt_doc_project (id) where projects.forgetting_waits(data)
        """;

    /// <summary>Projects in which this reader is the second person.</summary>
    internal static Conditions WaitsFor(Sight sight, string actor)
    {
        var conditions = new Conditions().And("projects.forgetting_waits(d.data)");
        return conditions.And(sight.In(conditions, "d.data->>'department'")).And(
            "exists (select from jsonb_array_elements(d.data->'contacts') c where c->>'status' <> 'Forgotten' and c->'forgetting'->>'basis' is not null and c->'forgetting'->>'askedBy' is distinct from {0})", actor);
    }

    public static void MapForgetContact(this IEndpointRouteBuilder projects)
    {
        projects.MapPost("{id:guid}/request-forgetting", (Guid id, RequestForgetting command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, (state, _) => ValueTask.FromResult(Request(state, command)), ct, aside: true))
            .WithSummary("Asks that a contact be forgotten, on one of the grounds of the law; a second person confirms it")
            .RequireAuthorization(Policies.LogDeals);

        projects.MapPost("{id:guid}/withdraw-forgetting", (Guid id, WithdrawForgetting command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, (state, _) => ValueTask.FromResult(Withdraw(state, command)), ct, aside: true))
            .WithSummary("It is asked no more")
            .RequireAuthorization(Policies.LogDeals);

        projects.MapPost("{id:guid}/refuse-forgetting", (Guid id, RefuseForgetting command, HttpContext http, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, (state, _) => ValueTask.FromResult(Refuse(state, command, Acting.Of(http).Actor)), ct, aside: true))
            .WithSummary("The second person's no, with the ground")
            .RequireAuthorization(Policies.Confirm);

        projects.MapPost("{id:guid}/forget-contact", (Guid id, ForgetContact command, HttpContext http, Deciding<Project> project, CancellationToken ct) => project.Decide(id, (state, facts) =>
        {
            var decision = Forget(state, command, Acting.Of(http).Actor);
            if (decision.Events.Count > 0)
            {
                facts.Erase<Contact>(command.ContactId!.Value);
                facts.Keep(NoDigests, $"%{command.ContactId}%");
            }
            return ValueTask.FromResult(decision);
        }, ct, aside: true))
            .WithSummary("The second person's yes: all that is known of the person is deleted at once and for ever")
            .RequireAuthorization(Policies.Confirm);
    }

    public static Decision Request(Project project, RequestForgetting command) =>
        ChangeContactFeature.Find(project, command.ContactId, out var mark) is { } missing ? missing
        : command.Basis is null ? new Missing("basis")
        : !ForgettingBases.All.Contains(command.Basis) ? new ForgettingBasisUnknown()
        : mark.Forgetting is not null ? new ForgettingAskedAlready()
        : ChangeContactFeature.Accept(mark, new ContactForgettingRequested(project.Id, mark.Id, command.Basis));

    public static Decision Withdraw(Project project, WithdrawForgetting command) =>
        Asked(project, command.ContactId, null, out var mark) is { } wrong ? wrong : ChangeContactFeature.Accept(mark, new ContactForgettingWithdrawn(project.Id, mark.Id));

    public static Decision Refuse(Project project, RefuseForgetting command, string actor) =>
        Asked(project, command.ContactId, actor, out var mark) is { } wrong ? wrong
        : command.Because is null ? new Missing("because")
        : !ForgettingRefusals.All.Contains(command.Because) ? new ForgettingRefusalUnknown()
        : ChangeContactFeature.Accept(mark, new ContactForgettingRefused(project.Id, mark.Id, command.Because));

    public static Decision Forget(Project project, ForgetContact command, string actor) =>
        Asked(project, command.ContactId, actor, out var mark) is { } wrong ? wrong : ChangeContactFeature.Accept(mark, new ContactForgotten(project.Id, mark.Id, mark.Forgetting!.Basis));

    private static Refusal? Asked(Project project, Guid? contact, string? second, out ContactMark mark) =>
        ChangeContactFeature.Find(project, contact, out mark) is { } missing ? missing
        : mark.Forgetting is not { } asked ? new NoForgettingAsked()
        : second is not null && asked.AskedBy == second ? new ForgettingAskedByYourself()
        : null;
}
