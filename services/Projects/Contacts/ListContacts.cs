using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Projects.Contacts;

/// <summary>A contact of a project. Of one that was forgotten nothing is known but that, by whom and why.</summary>
/// <param name="ProjectId">The project, or the record that it stands for, under which the contact was logged and is changed.</param>
/// <inheritdoc cref="Contact"/>
public sealed record ContactItem(
    Guid Id, Guid ProjectId, ContactStatus Status, Forgetting? Forgetting, string? Name = null, string? Position = null, string? Organisation = null, string? Phone = null, string? Email = null, string? Note = null);

public static class ListContactsFeature
{
    public static void MapListContacts(this IEndpointRouteBuilder projects) => projects
        .MapGet("{id:guid}/contacts", async (Guid id, ProjectReader reader, IQuerySession session, CancellationToken ct) =>
        {
            if (await reader.Find(id, ct) is not { } project) return Problems.Of(new NotFound());
            List<Project> records = [project];
            foreach (var duplicate in project.Duplicates)
            {
                if (await reader.Find(duplicate.Id, ct) is { } seen) records.Add(seen);
            }
            var marks = records.SelectMany(record => record.Contacts.Select(mark => (Project: record.Id, Mark: mark))).ToList();
            var known = (await session.LoadManyAsync<Contact>(ct, marks.Select(each => each.Mark.Id))).ToDictionary(contact => contact.Id);
            return Results.Ok(new { items = marks.Select(each => Item(each.Project, each.Mark, known.GetValueOrDefault(each.Mark.Id))) });
        })
        .WithSummary("Contacts of the project and of the records that it stands for; also who is none any more, and that somebody was forgotten")
        .RequireAuthorization(Policies.Read);

    private static ContactItem Item(Guid project, ContactMark mark, Contact? known) =>
        new(mark.Id, project, mark.Status, mark.Forgetting, known?.Name, known?.Position, known?.Organisation, known?.Phone, known?.Email, known?.Note);
}
