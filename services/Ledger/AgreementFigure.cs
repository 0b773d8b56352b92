using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;

namespace Luodi.Ledger;

/// <summary>What a figure is asked of.</summary>
/// <param name="Measure">One of <see cref="Measures"/>.</param>
/// <param name="Tier">One of <see cref="Tiers"/>.</param>
/// <param name="Status">One of <see cref="PostingStatus"/>.</param>
/// <param name="Ceremony">Null for all of them.</param>
/// <param name="Industry">One, or several with commas between; so are the next two.</param>
/// <param name="Month">yyyy-MM, of the effective day.</param>
public sealed record FigureQuestion(
    string Measure, string Tier, string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Ceremony = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Industry = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SizeBand = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Month = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? EffectiveFrom = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? EffectiveBy = null);

/// <summary>What came out.</summary>
/// <param name="Amount">In whole units of the currency with its fen, digit for digit: <c>4211000000.00</c>.</param>
public sealed record FigureAnswer(int Signings, string Amount, string Currency, int AtLeast100Million)
{
    public static FigureAnswer Of(int signings, Money amount, int atLeast100Million) => new(signings, amount.Value.ToString(CultureInfo.InvariantCulture), amount.Currency, atLeast100Million);
}

/// <summary>By which rule. Another rule has another version.</summary>
/// <param name="Says">The rule in words.</param>
public sealed record FigureDefinition(string Id, int Version, string Says);

/// <summary>A figure that its events explain, as it stands in the manifest of an evidence pack.</summary>
/// <param name="Position">The last event of each source that counts; of a source that is not named none does.</param>
public sealed record ExplainedFigure(FigureQuestion Question, IReadOnlyDictionary<string, long> Position, FigureAnswer Answer, FigureDefinition Definition)
{
    private static readonly JsonSerializerOptions Strictly = new(WireJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Reads what <see cref="ToJson"/> gives, and nothing else.</summary>
    /// <exception cref="JsonException">It has another form.</exception>
    public static ExplainedFigure Parse(JsonElement json)
    {
        var figure = json.Deserialize<ExplainedFigure>(Strictly) ?? throw new JsonException("There is no figure.");
        return Canonical.Bytes(figure.ToJson()).AsSpan().SequenceEqual(Canonical.Bytes(json)) ? figure : throw new JsonException("The figure is not in its one form.");
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Strictly);
}

/// <summary>Figures of agreed investment, calculated from the events of agreements alone.</summary>
public static class AgreementFigures
{
    /// <summary>The present rule: <see cref="AgreementPostings"/>, summed by <see cref="Of"/>. What they give of the same events never changes under one version.</summary>
    public static FigureDefinition Definition { get; } = new(
        Measures.AgreedInvestment, 1,
        "Agreements of one tier whose signing a second person has confirmed (status confirmed), or that wait for it (pending), each with its whole agreed investment in yuan from the day of signing on; "
        + "amendments from the day from which they hold; terminated and lapsed agreements count no more from that day on; an upgrade counts the amount above what it upgrades and no signing, a top-up its amount and no signing; "
        + "another owner's paper takes the place of the earlier ones. At or above 100 million yuan by the whole amount on the paper.");

    /// <summary>The draft of an agreement, which says whose it is.</summary>
    public const string Draft = "agreement_drafted";

    /// <summary>The events that the rule reads.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        Draft, "draft_corrected", "agreement_signed", "agreement_upgraded", "investment_topped_up", "owner_replaced", "signing_confirmed", "signing_returned",
        "agreement_amended", "amendment_confirmed", "amendment_returned", "agreement_terminated", "termination_confirmed", "termination_returned",
    ];

    /// <summary>The agreements whose events make a figure: those of the ceremony, and all that follow one another with one of these, for another owner's paper takes out what earlier ones count.</summary>
    public static IReadOnlySet<Guid> Agreements(FigureQuestion question, IReadOnlyCollection<AgreementDrafted> drafts)
    {
        var chains = drafts.Where(draft => question.Ceremony is null || draft.CeremonyId == question.Ceremony).Select(ChainOf).ToHashSet();
        return drafts.Where(draft => chains.Contains(ChainOf(draft))).Select(draft => draft.AgreementId).ToHashSet();
    }

    /// <param name="events">Of these agreements, in the order of their source.</param>
    /// <exception cref="InvalidOperationException">One changes what no event has told of.</exception>
    public static FigureAnswer Of(FigureQuestion question, IEnumerable<CloudEvent> events)
    {
        var lines = Post(events).Where(line => Asks(question, line)).ToList();
        return FigureAnswer.Of(
            lines.Sum(line => line.Count),
            lines.Aggregate(Money.Yuan(0), (sum, line) => sum + line.Amount),
            lines.Where(line => SizeBands.AtLeast100Million.Contains(line.SizeBand)).Sum(line => line.Count));
    }

    /// <summary>What the events post; where their projects count is no part of it.</summary>
    public static IReadOnlyList<Posting> Post(IEnumerable<CloudEvent> events)
    {
        var (accounts, lines) = (new Dictionary<string, AgreementAccount>(StringComparer.Ordinal), new List<Posting>());
        foreach (var heard in events)
        {
            var chain = heard.Type is "owner_replaced" && heard.Read<OwnerReplaced>().Chain is var first ? accounts.Values.Where(account => account.Chain == first).OrderBy(account => account.Id).ToList() : [];
            var (account, postings) = AgreementPostings.Post(accounts.GetValueOrDefault(heard.Subject), heard, EffectiveDay.Of(heard), chain);
            if (account is not null) accounts[heard.Subject] = account;
            lines.AddRange(postings);
        }
        return lines;
    }

    private static Guid ChainOf(AgreementDrafted draft) => draft.Chain ?? draft.AgreementId;

    private static bool Asks(FigureQuestion question, Posting line) =>
        line.Measure == question.Measure && line.Tier == question.Tier && line.Status == question.Status && line.Amount.Currency == Money.Yuan(0).Currency
        && (question.Ceremony is null || line.CeremonyId == question.Ceremony)
        && IsIn(question.Industry, line.Industry) && IsIn(question.SizeBand, line.SizeBand) && IsIn(question.Month, line.EffectiveOn.ToString("yyyy-MM", CultureInfo.InvariantCulture))
        && !(line.EffectiveOn < question.EffectiveFrom) && !(line.EffectiveOn > question.EffectiveBy);

    private static bool IsIn(string? values, string value) => values is null || values.Split(',').Contains(value);
}
