using System.Globalization;
using System.Text.Json;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.Ledger;
using Luodi.Proof;
using Luodi.Proof.Packs;

namespace Luodi.Verify;

/// <summary>Calculates a figure of agreed investment anew, with the rule of the ledger itself, and holds it against what the pack says.</summary>
public static class AgreedInvestment
{
    private static readonly JsonDocumentOptions OneMeaning = new() { AllowDuplicateProperties = false };

    /// <summary>See <see cref="FigureCheck"/>.</summary>
    public static IReadOnlyList<Finding> Check(JsonElement figure, IReadOnlyList<VerifiedEvent> events, IReadOnlyList<LoggedEvent>? all)
    {
        try
        {
            var claimed = Read(figure);
            var told = events.Select(packed => (packed.Payload, Name: NameOf(packed), packed.Header)).Where(each => Counts(claimed, each.Name)).ToList();
            var read = told.Where(each => each.Payload is not null).Select(each => (each.Name, Event: EventOf(each.Header, each.Payload!.Value))).ToList();
            var drafts = read.Where(each => each.Name.Type == AgreementFigures.Draft).Select(each => DraftOf(each.Event)).ToList();
            var agreements = AgreementFigures.Agreements(claimed.Question, drafts);
            bool Concerns(LoggedEvent name) => Guid.TryParse(name.Subject, out var subject) && agreements.Contains(subject);

            foreach (var (payload, name, _) in told.Where(each => Concerns(each.Name)))
            {
                if (!EventTypes.ByName.ContainsKey(name.Type)) throw Wrong($"Entry {name.Index} about agreement {name.Subject} is {Short(name.Type)}, an event that this program does not know.");
                if (payload is null && AgreementFigures.Types.Contains(name.Type)) throw Wrong($"The payload of entry {name.Index}, {name.Type} about agreement {name.Subject}, has been erased or left out.");
            }
            foreach (var (name, heard) in read.Where(each => AgreementFigures.Types.Contains(each.Name.Type) && !Concerns(each.Name)))
            {
                // Its draft is not there, but it says itself whose it is.
                if (claimed.Question.Ceremony is not { } ceremony || (heard.Data.TryGetProperty("ceremonyId", out var held) && held.ValueKind is JsonValueKind.String && held.TryGetGuid(out var at) && at == ceremony))
                {
                    throw Wrong($"Entry {name.Index} is {name.Type} about agreement {Short(name.Subject)}, whose draft is not there.");
                }
            }
            var mine = read.Where(each => Concerns(each.Name)).Select(each => each.Event).ToList();
            var answer = AgreementFigures.Of(claimed.Question, mine);
            var equal = answer == claimed.Answer;
            return
            [
                new(Claim.Figure, equal ? Ruling.Shown : Ruling.Disproven,
                [
                    Question(claimed.Question), string.Join(' ', claimed.Position.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{Short(each.Key)} {each.Value}")), claimed.Definition.Id, claimed.Definition.Version,
                    mine.Count, agreements.Count, answer.Signings, $"{answer.Amount} {answer.Currency}", answer.AtLeast100Million, Text(claimed.Answer),
                ]),
                .. equal ? [Complete(claimed, all, told.Where(each => each.Payload is not null).Select(each => each.Name.Index).ToHashSet(), Concerns)] : Array.Empty<Finding>(),
            ];
        }
        // What stands in a pack may be of any form, and the rule refuses what cannot have happened.
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new ProofException(Flaw.Figure, $"The figure cannot be calculated: {Short(cause.Message)}", cause);
        }
    }

    private static ExplainedFigure Read(JsonElement json)
    {
        var figure = ExplainedFigure.Parse(json);
        var question = figure.Question;
        if (question.Measure != Measures.AgreedInvestment) throw Wrong($"The measure {Short(question.Measure)} is not one that this program calculates.");
        if (figure.Definition != AgreementFigures.Definition) throw Wrong($"The figure is by definition {Short(figure.Definition.Id)}, version {figure.Definition.Version}; this program knows version {AgreementFigures.Definition.Version}, which says: {AgreementFigures.Definition.Says}");
        if (!Tiers.All.Contains(question.Tier) || question.Status is not (PostingStatus.Confirmed or PostingStatus.Pending)) throw Wrong($"There is no tier {Short(question.Tier)}, or no status {Short(question.Status)}.");
        return figure;
    }

    private static LoggedEvent NameOf(VerifiedEvent packed)
    {
        string Text(string name) => packed.Header.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";
        return new(packed.Index, Text("source"), long.Parse(Text("sequence"), NumberStyles.None, CultureInfo.InvariantCulture), Text("type"), Text("subject"));
    }

    private static bool Counts(ExplainedFigure figure, LoggedEvent logged) => figure.Position.TryGetValue(logged.Source, out var last) && logged.Sequence <= last;

    private static CloudEvent EventOf(JsonElement header, ReadOnlyMemory<byte> payload)
    {
        using var data = JsonDocument.Parse(payload, OneMeaning);
        var members = header.EnumerateObject().Where(member => member.Name != "datasha256").ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        members["data"] = data.RootElement.Clone();
        return JsonSerializer.SerializeToElement(members).Deserialize<CloudEvent>(WireJson.Options)!;
    }

    private static AgreementDrafted DraftOf(CloudEvent heard) => heard.Read<AgreementDrafted>() is var draft && Guid.TryParse(heard.Subject, out var subject) && draft.AgreementId == subject
        ? draft
        : throw Wrong($"The draft {heard.Id} is about another agreement than it says.");

    /// <summary>That nothing was left out shows where the headers of all entries are there: each that may concern the figure has its payload.</summary>
    private static Finding Complete(ExplainedFigure figure, IReadOnlyList<LoggedEvent>? all, HashSet<long> read, Func<LoggedEvent, bool> concerns)
    {
        if (all is null) return new(Claim.FigureEvents, Ruling.NotShown, [0]);
        foreach (var (source, last) in figure.Position)
        {
            if (!all.Any(logged => logged.Source == source && logged.Sequence == last)) throw Wrong($"The figure is of place {last} of {Short(source)}, which the log has not.");
        }
        var relevant = all.Where(logged => Counts(figure, logged) && (AgreementFigures.Types.Contains(logged.Type) || !EventTypes.ByName.ContainsKey(logged.Type))).ToList();
        if (relevant.Find(logged => concerns(logged) && !read.Contains(logged.Index)) is { } missing) throw Wrong($"The log has {Short(missing.Type)} about agreement {missing.Subject} as entry {missing.Index}, and the pack does not say what it says.");
        // Whose agreement it is, its draft alone tells.
        var untold = relevant.Count(logged => logged.Type == AgreementFigures.Draft && !read.Contains(logged.Index));
        return new(Claim.FigureEvents, untold == 0 ? Ruling.Shown : Ruling.NotShown, [untold == 0 ? relevant.Count(concerns) : untold]);
    }

    private static string Question(FigureQuestion question) =>
        string.Join(' ', JsonSerializer.SerializeToElement(question, WireJson.Options).EnumerateObject().Where(member => member.Value.ValueKind is not JsonValueKind.Null).Select(member => $"{member.Name}={Short(member.Value.ToString())}"));

    private static string Text(FigureAnswer answer) => $"{answer.Signings}, {Short(answer.Amount)} {Short(answer.Currency)}, {answer.AtLeast100Million}";

    private static ProofException Wrong(string why) => new(Flaw.Figure, why);

    // What stands in a pack is printed on one line.
    private static string Short(string text) => string.Concat((text.Length > 200 ? text[..200] + "…" : text).Select(unit => char.IsControl(unit) ? '\uFFFD' : unit));
}
