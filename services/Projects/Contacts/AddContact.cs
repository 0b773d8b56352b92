using System.Text.RegularExpressions;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Contacts;

/// <inheritdoc cref="Contact"/>
public sealed record AddContact(string? Name, string? Position = null, string? Organisation = null, string? Phone = null, string? Email = null, string? Note = null);

public static partial class AddContactFeature
{
    public sealed record PhoneMalformed() : Refusal("A phone number has digits, blanks and + - ( ) only, such as +86 573 8200 0000.", "phone");

    public sealed record EmailMalformed() : Refusal("An e-mail address has a name, an @ and a domain.", "email");

    public static void MapAddContact(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/contacts", (Guid id, AddContact command, Deciding<Project> project, CancellationToken ct) => project.Decide(id, (state, facts) =>
        {
            var contact = Guid.CreateVersion7();
            var decision = Decide(state, contact, command);
            if (decision.Events.Count > 0) facts.Write(Read(contact, id, command));
            return ValueTask.FromResult(decision);
        }, ct, StatusCodes.Status201Created))
        .WithSummary("Adds a contact: who it is is kept beside the history, which names the filled fields alone")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, Guid id, AddContact command) => Wrong(command) is { Count: > 0 } wrong
        ? Decision.Refuse(wrong)
        : Decision.Accept(new ContactAdded(project.Id, id, Differences(null, Read(id, project.Id, command)))).Answering(new { id });

    internal static IReadOnlyList<Refusal> Wrong(AddContact command) => Check.All(
        Fields.Text(command.Name, "name"),
        Optional(command.Position, "position"), Optional(command.Organisation, "organisation"),
        Optional(command.Phone, "phone") ?? (Text(command.Phone) is { } phone && !Phone().IsMatch(phone) ? new PhoneMalformed() : null),
        Optional(command.Email, "email") ?? (Text(command.Email) is { } email && !Email().IsMatch(email) ? new EmailMalformed() : null),
        Optional(command.Note, "note"));

    internal static Contact Read(Guid id, Guid project, AddContact command) =>
        new(id, project, command.Name!.Trim(), Text(command.Position), Text(command.Organisation), Text(command.Phone), Text(command.Email), Text(command.Note));

    internal static IReadOnlyList<string> Differences(Contact? before, Contact after) =>
    [
        .. from field in new (string Name, Func<Contact, string?> Of)[]
           {
               (ContactFields.Name, each => each.Name), (ContactFields.Position, each => each.Position), (ContactFields.Organisation, each => each.Organisation),
               (ContactFields.Phone, each => each.Phone), (ContactFields.Email, each => each.Email), (ContactFields.Note, each => each.Note),
           }
           where field.Of(after) != (before is null ? null : field.Of(before))
           select field.Name,
    ];

    private static Refusal? Optional(string? text, string name) => Text(text) is null ? null : Fields.Text(text, name);

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex(@"^\+?[0-9][0-9 ()\-]{2,30}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Email();
}
