using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;

namespace Luodi.Reporting.Ledger;

/// <summary>What the ledger remembers of an arrival of capital: the posting that holds, pending or confirmed; null once it counts nothing.</summary>
/// <param name="ProjectId">For which it arrived; its posting may count under the record that stands for that one.</param>
public sealed record CapitalAccount(Guid Id, Posting? Line, Guid ProjectId);

/// <summary>The posting rule of capital in place: pending when it is logged, confirmed by a second person, taken back by a return; revoked from the day of the revocation on.</summary>
public static class CapitalPostings
{
    /// <param name="project">Of the arrival; asked for by <c>capital_logged</c> alone.</param>
    public static (CapitalAccount? Account, IReadOnlyList<Posting> Postings) Post(CapitalAccount? account, CloudEvent heard, DateOnly effectiveOn, ProjectAccount? project) => (account, heard.Type) switch
    {
        (null, "capital_logged") when project is not null && Line(heard.Read<CapitalLogged>(), project) is var line => (new(Guid.Parse(heard.Subject), line, project.Id), [line]),
        ({ Line: { } pending } a, "capital_confirmed") when pending with { Status = PostingStatus.Confirmed } is var line => (a with { Line = line }, [pending.Reversed(), line]),
        ({ Line: { } pending } a, "capital_returned") => (a with { Line = null }, [pending.Reversed()]),
        ({ Line: { } line } a, "capital_revoked") => (a with { Line = null }, [line.Reversed() with { EffectiveOn = effectiveOn > line.EffectiveOn ? effectiveOn : line.EffectiveOn }]),
        (_, "capital_logged" or "capital_confirmed" or "capital_returned" or "capital_revoked") => throw new InvalidOperationException($"{heard.Type} {heard.Id}: the ledger has not what it changes."),
        _ => (account, []),
    };

    /// <summary>What it counts, it counts under another project, on its own day.</summary>
    public static (CapitalAccount Account, IReadOnlyList<Posting> Postings) Move(CapitalAccount account, Guid project)
    {
        if (account.Line is not { } line) return (account, []);
        var there = line with { ProjectId = project };
        return (account with { Line = there }, [line.Reversed(), there]);
    }

    private static Posting Line(CapitalLogged e, ProjectAccount project) => new(
        Measures.CapitalInPlace, PostingStatus.Pending, 1, e.Yuan, e.ArrivedOn, Guid.Empty, Guid.Empty, project.CountsAs, project.Industry, Posting.None, e.Illustrative, e.Department, Posting.None,
        MoneyOrigin: e.Amount.Currency == "CNY" ? MoneyOrigins.Domestic : MoneyOrigins.Foreign);
}
