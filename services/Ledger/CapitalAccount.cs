using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;

namespace Luodi.Ledger;

/// <summary>What the ledger remembers of an arrival of capital.</summary>
/// <param name="Lines">The posting that holds, pending or confirmed, and the one that takes it back from the day of a revocation; none after a return.</param>
/// <param name="ProjectId">For which it arrived.</param>
/// <param name="Place">Where that counts.</param>
public sealed record CapitalAccount(Guid Id, IReadOnlyList<Posting> Lines, Guid ProjectId, Place Place);

/// <summary>The posting rule of capital in place: pending when it is logged, confirmed by a second person, taken back by a return; revoked from the day of the revocation on.</summary>
public static class CapitalPostings
{
    /// <param name="project">Of the arrival; asked for by <c>capital_logged</c> alone, as is the place where it counts.</param>
    public static (CapitalAccount? Account, IReadOnlyList<Posting> Postings) Post(CapitalAccount? account, CloudEvent heard, DateOnly effectiveOn, ProjectAccount? project, Place? place) => (account, heard.Type) switch
    {
        (null, "capital_logged") when project is not null && place is not null && place.Of(Line(heard.Read<CapitalLogged>(), project)) is var line => (new(Guid.Parse(heard.Subject), [line], project.Id, place), [line]),
        ({ Lines: [var pending] } a, "capital_confirmed") when pending with { Status = PostingStatus.Confirmed } is var line => (a with { Lines = [line] }, [pending.Reversed(), line]),
        ({ Lines: [var pending] } a, "capital_returned") => (a with { Lines = [] }, [pending.Reversed()]),
        ({ Lines: [var line] } a, "capital_revoked") when a.Place.Of(line.Reversed() with { EffectiveOn = effectiveOn > line.EffectiveOn ? effectiveOn : line.EffectiveOn }) is var back => (a with { Lines = [line, back] }, [back]),
        (_, "capital_logged" or "capital_confirmed" or "capital_returned" or "capital_revoked") => throw new InvalidOperationException($"{heard.Type} {heard.Id}: the ledger has not what it changes."),
        _ => (account, []),
    };

    /// <summary>What it counts, it counts at another place from now on.</summary>
    public static (CapitalAccount Account, IReadOnlyList<Posting> Postings) Move(CapitalAccount account, Place place) =>
        (account with { Lines = [.. account.Lines.Select(place.Of)], Place = place }, place.Take(account.Lines));

    private static Posting Line(CapitalLogged e, ProjectAccount project) => new(
        Measures.CapitalInPlace, PostingStatus.Pending, 1, e.Yuan, e.ArrivedOn, Guid.Empty, Guid.Empty, project.Id, project.Industry, Posting.None, e.Illustrative, e.Department, Posting.None,
        MoneyOrigin: e.Amount.Currency == "CNY" ? MoneyOrigins.Domestic : MoneyOrigins.Foreign);
}
