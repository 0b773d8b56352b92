using System.Globalization;
using System.Text.Json;
using Luodi.Audit.Log;
using Luodi.Contracts.Audit;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Audit.Erasing;

/// <param name="Texts">The paths of the texts in the payload that must go, with dots between: <c>name</c>, <c>parties.0</c>. All at once: an event is erased once.</param>
/// <param name="Basis">The legal ground, and who asked for it; not the texts themselves.</param>
public sealed record RequestErasure(Guid? EventId, IReadOnlyList<string>? Texts, string? Basis);

public static class RequestErasureFeature
{
    private const int BasisLimit = 2000;

    public sealed record ErasureOfUnknownEvent() : Refusal("The log has no such event.", "eventId");

    // The path is not said again: it may be the text itself.
    public sealed record PathOfNoText(int Nth) : Refusal("Path {Nth} leads to no text of the payload.", "texts");

    public sealed record TextMustStay(int Nth) : Refusal("What path {Nth} leads to is an id, a day, a code or the name of an account: rules and figures go by it, and it stays.", "texts");

    public sealed record TextSaidAgain(string Name) : Refusal("This says a text that is to be erased, and would keep it for ever: put it in other words.", Name);

    public sealed record ErasureAskedAlready() : Refusal("The erasure of texts of this event was asked for already.");

    public sealed record PayloadErasedAlready() : Refusal("The payload of this event was erased already.");

    public static void MapRequestErasure(this IEndpointRouteBuilder erasures) => erasures
        .MapPost("", async (RequestErasure command, LogReader reader, Deciding<Erasure> erasure, CancellationToken ct) =>
        {
            var logged = command.EventId is { } id ? await reader.Entry(id, ct) : null;
            return await erasure.Start(started => Decide(started, command, logged), ct);
        })
        .WithSummary("Asks that texts of an event's payload are erased by law; a second person approves it")
        .RequireAuthorization(Policies.Erase);

    /// <param name="logged">The event as the log has it; null where it has none.</param>
    public static Decision Decide(Guid id, RequestErasure command, LogEntry? logged)
    {
        var wrong = Check.All(Fields.Present(command.EventId, "eventId"), command.Texts is not { Count: > 0 and <= 100 } ? new Missing("texts") : null, Fields.Text(command.Basis, "basis", BasisLimit));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (logged is null) return new ErasureOfUnknownEvent();
        if (logged.Payload is null) return new PayloadErasedAlready();
        var (type, payload) = (JsonElement.Parse(logged.Header).GetProperty("type").GetString()!, JsonElement.Parse(logged.Payload));
        var texts = Erased.Texts(payload);
        string[] paths = [.. command.Texts!.Distinct(StringComparer.Ordinal)];
        foreach (var (nth, path) in paths.Index())
        {
            if (path is null || !texts.TryGetValue(path, out var text)) return new PathOfNoText(nth + 1);
            if (!Erased.MayGo(type, path, text)) return new TextMustStay(nth + 1);
        }
        if (Says(command.Basis!, payload, paths)) return new TextSaidAgain("basis");
        return Decision.Accept(new ErasureRequested(id, logged.EventId, logged.Source, logged.Sequence.ToString("D20", CultureInfo.InvariantCulture), paths, command.Basis!.Trim()))
            .Reserving(KeyOf(logged.EventId), new ErasureAskedAlready());
    }

    internal static string KeyOf(Guid eventId) => $"erasure {eventId}";

    /// <summary>Whether words hold one of the texts that are to go. A text of one character says nothing by itself.</summary>
    internal static bool Says(string words, JsonElement payload, IReadOnlyCollection<string> paths) =>
        Erased.Texts(payload).Any(each => paths.Contains(each.Key) && each.Value.Trim() is { Length: > 1 } text && words.Contains(text, StringComparison.OrdinalIgnoreCase));
}
