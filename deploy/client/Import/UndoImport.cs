using System.Net;
using Luodi.Client.Api;

namespace Luodi.Client.Import;

/// <summary>
/// Finds all events of an import by the id that they carry, and takes back what they did: first the papers, then what was changed in other records, then the projects.
/// It looks at each record as it stands, so that a second run does only what the first one left.
/// </summary>
internal sealed class UndoImport(string id, LuodiApi staff, LuodiApi staff2, LuodiApi reader, TimeProvider clock, Action<string> tell)
{
    private const int PageSize = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Projects hears of a paper that stands no more a moment later.
    private static readonly TimeSpan UntilProjectsHears = TimeSpan.FromSeconds(60);

    private static readonly string[] Undoable = ["project_described", "project_field_filled", "owner_assigned", "stage_reached", "stage_withdrawn", "draft_corrected"];

    // What follows from a paper goes with it; the rest was told with the record that is taken back, or undoes something itself.
    private static readonly string[] GoesAlong = ["agreement_drafted", "agreement_signed", "signing_confirmed", "lead_registered", "project_signed", "paper_added", "paper_withdrawn"];

    private string Reason => $"撤销导入 {id}";

    private int _done;
    private int _refused;

    /// <returns>Nothing is left that was refused.</returns>
    public async Task<bool> RunAsync(bool onlyLists, CancellationToken ct)
    {
        var events = await EventsAsync(ct);
        if (events.Count == 0) throw new ClientException($"No event carries {id}. What was imported a moment ago is known a moment later.");
        var papers = Created(events, "agreement_drafted");
        var projects = Created(events, "lead_registered");
        var changes = events.Where(each => Undoable.Contains(each.Type) && !papers.Contains(each.Subject) && !projects.Contains(each.Subject)).OrderByDescending(each => each.Sequence).ToList();
        var others = events.Where(each => !Undoable.Contains(each.Type) && !GoesAlong.Contains(each.Type)).ToList();
        tell($"{id}: {events.Count} events; agreements {papers.Count}, projects {projects.Count}, changes of other records {changes.Count}");
        foreach (var other in others) tell($"  stays: {other.Type} of {other.Subject}");
        foreach (var paper in papers) tell($"  agreement {paper}: {await reader.GetAsync<AgreementState>(Paper(paper), ct) switch { var state => $"{state.Number}, {state.Status}" }}");
        foreach (var change in changes) tell($"  change: {change.Type} of {change.Subject}");
        foreach (var project in projects) tell($"  project {project}: {await reader.GetAsync<ProjectState>(Project(project), ct) switch { var state => $"{state.Name}, {state.Standing}" }}");
        if (onlyLists) return true;
        foreach (var paper in papers) await TryAsync($"agreement {paper}", () => EndAsync(paper, ct));
        foreach (var change in changes) await TryAsync($"{change.Type} of {change.Subject}", () => SetBackAsync(change, ct));
        foreach (var project in projects) await TryAsync($"project {project}", () => DropAsync(project, ct));
        tell($"Undone: {_done}; refused: {_refused}; stay as they are: {others.Count}");
        return _refused == 0;
    }

    private static string Paper(Guid paper) => $"api/signings/agreements/{paper}";

    private static string Project(Guid project) => $"api/projects/{project}";

    private static IReadOnlyList<Guid> Created(IEnumerable<EventItem> events, string type) => [.. events.Where(each => each.Type == type).OrderBy(each => each.Sequence).Select(each => each.Subject)];

    private async Task<IReadOnlyList<EventItem>> EventsAsync(CancellationToken ct)
    {
        var events = new List<EventItem>();
        while (true)
        {
            var page = await reader.GetAsync<EventPage>($"api/reporting/events?correlation={Uri.EscapeDataString(id)}&limit={PageSize}&skip={events.Count}", ct);
            events.AddRange(page.Items);
            if (page.Items.Count < PageSize) return events;
        }
    }

    /// <summary>What is refused is named, and the others go on.</summary>
    private async Task TryAsync(string what, Func<Task<string?>> undo)
    {
        try
        {
            if (await undo() is not { } said) return;
            _done++;
            tell($"  {what}: {said}");
        }
        catch (RefusedException e)
        {
            _refused++;
            tell($"  {what}: cannot be undone: {e.Message}");
        }
    }

    private async Task<string?> EndAsync(Guid paper, CancellationToken ct)
    {
        var state = await reader.GetAsync<AgreementState>(Paper(paper), ct);
        switch (state)
        {
            case { Status: "signed", Waiting: "signing" }:
                await SayAsync(staff2, $"{Paper(paper)}/return", new { reason = Reason }, ct);
                return "its signing is returned; a draft counts nowhere";
            case { Status: "in-force", Waiting: null }:
                await SayAsync(staff, $"{Paper(paper)}/terminate", new { reason = Reason }, ct);
                return await ConfirmAsync(paper, ct);
            // The run before came no further, or somebody else wants the same.
            case { Status: "in-force", Waiting: "termination" }:
                return await ConfirmAsync(paper, ct);
            case { Status: "in-force" }:
                throw new RefusedException(Paper(paper), (int)HttpStatusCode.Conflict, "a change waits to be confirmed or returned first");
            default:
                return null;
        }
    }

    private async Task<string?> ConfirmAsync(Guid paper, CancellationToken ct)
    {
        await SayAsync(staff2, $"{Paper(paper)}/confirm", new { }, ct);
        return "terminated";
    }

    private async Task<string?> SetBackAsync(EventItem change, CancellationToken ct)
    {
        var record = change.Source.EndsWith("/projects", StringComparison.Ordinal) ? Project(change.Subject) : Paper(change.Subject);
        var before = await VersionAsync(record, ct);
        await SayAsync(staff, $"{record}/undo", new { eventId = change.Id, reason = Reason }, ct);
        return await VersionAsync(record, ct) > before ? "set back" : null;
    }

    private async Task<string?> DropAsync(Guid project, CancellationToken ct)
    {
        if ((await reader.GetAsync<ProjectState>(Project(project), ct)).Standing == "fallen-out") return null;
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await SayAsync(staff, $"{Project(project)}/drop", new { reason = Reason }, ct);
                return "in the fall-out pool";
            }
            catch (RefusedException e) when (e.Status == (int)HttpStatusCode.Conflict && e.Message.Contains("stands", StringComparison.Ordinal) && clock.GetElapsedTime(began) < UntilProjectsHears)
            {
                await Task.Delay(Pause, clock, ct);
            }
        }
    }

    private async Task<long> VersionAsync(string record, CancellationToken ct) => (await reader.GetAsync<Versioned>(record, ct)).Version;

    // Of the record as it stands: what came back since the last run is another request.
    private async Task SayAsync(LuodiApi who, string path, object body, CancellationToken ct) =>
        await who.PostAsync(path, body, IdempotencyKey.Of("undo", id, path, $"{body}", $"{await VersionAsync(path[..path.LastIndexOf('/')], ct)}"), ct);
}
