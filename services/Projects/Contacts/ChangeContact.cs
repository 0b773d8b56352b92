using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Contacts;

/// <param name="ContactId">Whom.</param>
/// <inheritdoc cref="Contact"/>
public sealed record ChangeContact(Guid? ContactId, string? Name, string? Position = null, string? Organisation = null, string? Phone = null, string? Email = null, string? Note = null)
{
    internal AddContact Entered => new(Name, Position, Organisation, Phone, Email, Note);
}

public static class ChangeContactFeature
{
    public sealed record AlreadyForgotten() : Refusal("This contact was forgotten: nothing is known of the person any more.");

    public static void MapChangeContact(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/change-contact", (Guid id, ChangeContact command, Deciding<Project> project, CancellationToken ct) => project.Decide(id, async (state, facts) =>
        {
            var decision = Decide(state, command, command.ContactId is { } contact ? await facts.Load<Contact>(contact) : null);
            if (decision.Events.Count > 0) facts.Write(AddContactFeature.Read(command.ContactId!.Value, id, command.Entered));
            return decision;
        }, ct, aside: true))
        .WithSummary("What is known of a contact, all of it as it stands from now on; the history names the fields that changed")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, ChangeContact command, Contact? known)
    {
        if (Find(project, command.ContactId, out var mark) is { } missing) return missing;
        if (mark.Status is not ContactStatus.Present || known is null) return new NotFound();
        if (AddContactFeature.Wrong(command.Entered) is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        var changed = AddContactFeature.Differences(known, AddContactFeature.Read(mark.Id, project.Id, command.Entered));
        return changed.Count > 0 ? Accept(mark, new ContactChanged(project.Id, mark.Id, changed)) : Accept(mark);
    }

    /// <summary>Each answer names the contact: by that the digest of its request is found when the person is forgotten.</summary>
    internal static Decision Accept(ContactMark contact, params object[] events) => Decision.Accept(events).Answering(new { contactId = contact.Id });

    /// <summary>A contact of the project that is not forgotten, or why there is none.</summary>
    internal static Refusal? Find(Project project, Guid? id, out ContactMark mark)
    {
        mark = project.Contacts.FirstOrDefault(each => each.Id == id)!;
        return id is null ? new Missing("contactId") : mark is null ? new NotFound() : mark.Status is ContactStatus.Forgotten ? new AlreadyForgotten() : null;
    }
}
