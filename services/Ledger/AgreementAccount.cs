using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;

namespace Luodi.Ledger;

/// <summary>What the ledger remembers of an agreement to post its next event.</summary>
/// <param name="Confirmed">The postings of its events that were confirmed; another owner's paper takes out those of earlier ones.</param>
/// <param name="Pending">The postings that wait for their confirmation.</param>
/// <param name="Tier">One of <see cref="Tiers"/>.</param>
/// <param name="FollowsAs">How it follows an earlier agreement, one of <see cref="FollowUps"/>; null where it follows none.</param>
/// <param name="Chain">The first of the agreements that follow one another.</param>
/// <param name="Standing">Of an upgrade: what the earlier agreements count, so that only the amount above it counts anew.</param>
public sealed record AgreementAccount(
    Guid Id, Guid ProjectId, Guid CeremonyId, string Industry, bool Illustrative, IReadOnlyList<Posting> Confirmed, IReadOnlyList<Posting> Pending, string? Department,
    string Tier, string? FollowsAs, Guid Chain, Money? Standing = null)
{
    /// <summary>Where it counts; null while the ledger does not know its project.</summary>
    public Place? Place { get; init; }
}

/// <summary>
/// The posting rule of agreements. What is logged is posted as pending; its confirmation takes those postings back and makes the
/// same ones as confirmed; its return only takes them back. So official figures plus pending ones are what would hold if everything were confirmed.
/// </summary>
public static class AgreementPostings
{
    /// <param name="chain">The agreements that follow one another, as far as the ledger knows them; asked for by <c>owner_replaced</c> alone.</param>
    /// <param name="place">Where its project counts, as far as the ledger knows it; asked for by <c>agreement_drafted</c> alone.</param>
    public static (AgreementAccount? Account, IReadOnlyList<Posting> Postings) Post(AgreementAccount? account, CloudEvent heard, DateOnly effectiveOn, IEnumerable<AgreementAccount> chain, Place? place = null) => (account, heard.Type) switch
    {
        (null, "agreement_drafted") => (Open(heard.Read<AgreementDrafted>()) with { Place = place }, []),
        ({ } a, "draft_corrected") when heard.Read<DraftCorrected>().Tier is { } tier => (a with { Tier = tier }, []),
        ({ } a, "agreement_signed") when heard.Read<AgreementSigned>() is var e => Log(a, [Line(a, +1, e.Amount, e.SignedOn)]),
        ({ } a, "agreement_upgraded") when heard.Read<AgreementUpgraded>() is var e && a with { Standing = e.Standing } is var upgrade => Log(upgrade, [Line(upgrade, +1, e.Amount, e.SignedOn)]),
        ({ } a, "investment_topped_up") when heard.Read<InvestmentToppedUp>() is var e => Log(a, [Line(a, +1, e.Amount, e.SignedOn)]),
        ({ } a, "owner_replaced") when heard.Read<OwnerReplaced>() is var e => Log(a, [Line(a, +1, e.Amount, e.SignedOn), .. TakenOut(a, chain.SelectMany(paper => paper.Confirmed), e.SignedOn)]),
        // Of its fixed assets alone, which no figure counts: two lines that cancel out would only stand in the way of who opens the figure.
        ({ } a, "agreement_amended") when heard.Read<AgreementAmended>() is var e && e.From == e.To => Log(a, []),
        ({ } a, "agreement_amended") when heard.Read<AgreementAmended>() is var e => Log(a, [Line(a, -1, e.From, effectiveOn), Line(a, +1, e.To, effectiveOn)]),
        ({ } a, "agreement_terminated") when TakenOut(a, a.Confirmed.Where(line => line.AgreementId == a.Id), effectiveOn) is { Count: > 0 } lines => Log(a, lines),
        ({ } a, "signing_confirmed" or "amendment_confirmed" or "termination_confirmed") => Confirm(a),
        ({ } a, "signing_returned" or "amendment_returned" or "termination_returned") => Return(a),
        (_, "agreement_signed" or "agreement_upgraded" or "investment_topped_up" or "owner_replaced" or "agreement_amended" or "agreement_terminated"
            or "signing_confirmed" or "amendment_confirmed" or "termination_confirmed" or "signing_returned" or "amendment_returned" or "termination_returned")
            => throw new InvalidOperationException($"{heard.Type} {heard.Id}: the ledger has not what it changes."),
        _ => (account, []),
    };

    /// <summary>All that the agreement counts, and all that waits, counts at another place from now on.</summary>
    public static (AgreementAccount Account, IReadOnlyList<Posting> Postings) Move(AgreementAccount account, Place place) => (
        account with { Place = place, Confirmed = [.. account.Confirmed.Select(place.Of)], Pending = [.. account.Pending.Select(place.Of)] },
        place.Take(Posting.Net(account.Confirmed.Concat(account.Pending))));

    private static AgreementAccount Open(AgreementDrafted e) => new(
        e.AgreementId, e.ProjectId, e.CeremonyId, e.Industry, e.Illustrative, Confirmed: [], Pending: [], e.Department, e.Tier ?? Tiers.Agreement, e.FollowsAs, e.Chain ?? e.AgreementId);

    private static (AgreementAccount, IReadOnlyList<Posting>) Log(AgreementAccount account, IReadOnlyList<Posting> lines) => (account with { Pending = lines }, lines);

    private static (AgreementAccount, IReadOnlyList<Posting>) Confirm(AgreementAccount account)
    {
        var lines = account.Pending.Select(line => line with { Status = PostingStatus.Confirmed }).ToList();
        return (account with { Confirmed = [.. account.Confirmed, .. lines], Pending = [] }, [.. account.Pending.Select(line => line.Reversed()), .. lines]);
    }

    private static (AgreementAccount, IReadOnlyList<Posting>) Return(AgreementAccount account) => (account with { Pending = [] }, [.. account.Pending.Select(line => line.Reversed())]);

    /// <summary>What takes confirmed postings out of the figures from a day on: of what holds later only, from that later day.</summary>
    private static IReadOnlyList<Posting> TakenOut(AgreementAccount account, IEnumerable<Posting> confirmed, DateOnly from) =>
        [.. Posting.Net(confirmed.Select(line => account.At(line with { Status = PostingStatus.Pending, EffectiveOn = line.EffectiveOn > from ? line.EffectiveOn : from }))).Select(line => line.Reversed())];

    private static Posting At(this AgreementAccount account, Posting line) => account.Place?.Of(line) ?? line;

    /// <summary>An agreement at an amount: a signing of all of it, an upgrade of what the earlier ones do not hold, or a top-up.</summary>
    // The ledger keeps whole fen: its column would round what is finer, and two figures would differ without a cause.
    private static Posting Line(AgreementAccount account, int sign, Money amount, DateOnly effectiveOn)
    {
        if (!amount.IsWholeFen) throw new InvalidOperationException($"Agreement {account.Id}: {amount} has parts of a fen.");
        var counts = account.Standing is { } standing ? Math.Max(0, amount.Value - standing.Value) : amount.Value;
        return account.At(new(
            Measures.AgreedInvestment, PostingStatus.Pending, account.FollowsAs is null or FollowUps.Replacement ? sign : 0, new Money(sign * counts, amount.Currency), effectiveOn,
            account.CeremonyId, account.Id, account.ProjectId, account.Industry, SizeBands.Of(amount.Value), account.Illustrative, account.Department,
            account.Tier, account.FollowsAs is FollowUps.Upgrade ? sign : 0));
    }
}
