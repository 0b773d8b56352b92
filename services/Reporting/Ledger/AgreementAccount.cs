using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;

namespace Luodi.Reporting.Ledger;

/// <summary>What the ledger remembers of an agreement to post its next event.</summary>
/// <param name="Counted">The amount that the confirmed figures hold; null while it does not count.</param>
/// <param name="Pending">The postings that wait for their confirmation.</param>
public sealed record AgreementAccount(
    Guid Id, Guid ProjectId, Guid CeremonyId, string Industry, bool Illustrative, Money? Counted, IReadOnlyList<Posting> Pending, string? Department = null);

/// <summary>
/// The posting rule of agreements. What is logged is posted as pending; its confirmation takes those postings back and makes the
/// same ones as confirmed; its return only takes them back. So official figures plus pending ones are what would hold if everything were confirmed.
/// </summary>
public static class AgreementPostings
{
    public static (AgreementAccount? Account, IReadOnlyList<Posting> Postings) Post(AgreementAccount? account, CloudEvent heard, DateOnly effectiveOn) => (account, heard.Type) switch
    {
        (null, "agreement_drafted") => (Open(heard.Read<AgreementDrafted>()), []),
        ({ } a, "agreement_signed") when heard.Read<AgreementSigned>() is var e => Log(a, [Line(a, +1, e.Amount, e.SignedOn)]),
        ({ } a, "agreement_amended") when heard.Read<AgreementAmended>() is var e => Log(a, [Line(a, -1, e.From, effectiveOn), Line(a, +1, e.To, effectiveOn)]),
        ({ Counted: { } counted } a, "agreement_terminated") => Log(a, [Line(a, -1, counted, effectiveOn)]),
        ({ } a, "signing_confirmed" or "amendment_confirmed" or "termination_confirmed") => Confirm(a),
        ({ } a, "signing_returned" or "amendment_returned" or "termination_returned") => Return(a),
        (null, "agreement_signed" or "agreement_amended" or "agreement_terminated" or "signing_confirmed" or "amendment_confirmed" or "termination_confirmed"
            or "signing_returned" or "amendment_returned" or "termination_returned")
            or ({ Counted: null }, "agreement_terminated") => throw new InvalidOperationException($"{heard.Type} {heard.Id}: the ledger has not what it changes."),
        _ => (account, []),
    };

    private static AgreementAccount Open(AgreementDrafted e) => new(e.AgreementId, e.ProjectId, e.CeremonyId, e.Industry, e.Illustrative, Counted: null, Pending: [], e.Department);

    private static (AgreementAccount, IReadOnlyList<Posting>) Log(AgreementAccount account, IReadOnlyList<Posting> lines) => (account with { Pending = lines }, lines);

    private static (AgreementAccount, IReadOnlyList<Posting>) Confirm(AgreementAccount account)
    {
        var counted = account.Pending.LastOrDefault(line => line.Count > 0)?.Amount;
        return (account with { Counted = counted, Pending = [] },
            [.. account.Pending.Select(line => line.Reversed()), .. account.Pending.Select(line => line with { Status = PostingStatus.Confirmed })]);
    }

    private static (AgreementAccount, IReadOnlyList<Posting>) Return(AgreementAccount account) => (account with { Pending = [] }, [.. account.Pending.Select(line => line.Reversed())]);

    // The ledger keeps whole fen: its column would round what is finer, and two figures would differ without a cause.
    private static Posting Line(AgreementAccount account, int sign, Money amount, DateOnly effectiveOn)
    {
        if (!amount.IsWholeFen) throw new InvalidOperationException($"Agreement {account.Id}: {amount} has parts of a fen.");
        return new(
            Measures.AgreedInvestment, PostingStatus.Pending, sign, new Money(sign * amount.Value, amount.Currency), effectiveOn,
            account.CeremonyId, account.Id, account.ProjectId, account.Industry, SizeBands.Of(amount.Value), account.Illustrative, account.Department);
    }
}
