using System.Text.Json;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.Ledger;
using Luodi.Reporting.Rollups;

namespace Luodi.Specs.Ledger;

/// <summary>What Reporting hears and makes of it, without a broker and a database: facts in, postings and sums out.</summary>
internal sealed class Heard
{
    private readonly Dictionary<Guid, AgreementAccount> _accounts = [];
    private readonly List<Posting> _postings = [];

    public IReadOnlyList<Posting> Postings => _postings;

    /// <summary>A fact as it arrives.</summary>
    public static CloudEvent Of(object fact, Guid subject, DateOnly effectiveOn, long sequence = 1) => new()
    {
        Id = Guid.CreateVersion7(),
        Source = "/nanhu/signings",
        Type = EventTypes.NameOf(fact.GetType()),
        Subject = subject.ToString(),
        Time = new DateTimeOffset(2023, 9, 28, 8, 0, 0, TimeSpan.Zero).AddSeconds(sequence),
        Sequence = sequence,
        Previous = sequence - 1,
        Actor = "staff",
        EffectiveOn = effectiveOn,
        Data = JsonSerializer.SerializeToElement(fact, fact.GetType(), WireJson.Options),
    };

    public IReadOnlyList<Posting> Post(object fact, Guid agreement, DateOnly effectiveOn)
    {
        var chain = fact is OwnerReplaced replaced ? _accounts.Values.Where(account => account.Chain == replaced.Chain) : [];
        var (account, postings) = AgreementPostings.Post(_accounts.GetValueOrDefault(agreement), Of(fact, agreement, effectiveOn, _postings.Count + 1), effectiveOn, chain);
        if (account is not null) _accounts[agreement] = account;
        _postings.AddRange(postings);
        return postings;
    }

    /// <summary>The sums that the database makes of the postings (<c>group by</c> in <see cref="Figures"/>), of all of them or of some.</summary>
    public Cells Cells(Func<Posting, bool>? which = null) => new(_postings.Count,
        [.. _postings.Where(which ?? (_ => true))
            .GroupBy(posting => (posting.Status, posting.Tier, posting.Industry, posting.SizeBand, Month: posting.EffectiveOn.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), posting.Illustrative))
            .Select(cell => new Cell(
                cell.Key.Status, cell.Key.Tier, cell.Key.Industry, cell.Key.SizeBand, cell.Key.Month, cell.Key.Illustrative,
                cell.Aggregate(Figure.Zero, (sum, posting) => sum + new Figure(posting.Count, posting.Amount, posting.Upgrades))))]);
}
