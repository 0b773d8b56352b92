using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Figures;

/// <param name="Share">Of all that is committed on the last day, a fraction; null where nothing is.</param>
public sealed record PartnerAccount(Guid PartnerId, string Name, string Kind, decimal? Share, AccountPeriod Account, UnfundedLines Unfunded);

/// <summary>Capital accounts of a fund for a period, in its currency.</summary>
/// <param name="Open">The period is not over: what is still logged for it changes the statement.</param>
/// <param name="ClosedThrough">The day through which the fund's books are closed, as known then; null where they are not.</param>
/// <param name="Balanced">In every account the beginning and the lines give the ending, and partners add up to the fund in every line.</param>
public sealed record FundAccounts(
    Guid FundId, long Version, DateOnly From, DateOnly To, bool Open, bool Balanced, string Currency, AccountPeriod Fund, UnfundedLines Unfunded, IReadOnlyList<PartnerAccount> Partners, DateOnly? ClosedThrough);

public static class ReadAccountsFeature
{
    public sealed record NoAccountingPeriod() : Refusal("A statement is for a quarter or a year: from its first day to its last.", "to")
    {
        public override int Status => 400;
    }

    public sealed record PeriodNotBegun() : Refusal("This period has not begun.", "from")
    {
        public override int Status => 400;
    }

    public static void MapReadAccounts(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}/accounts", async (
            Guid id, HttpContext http, FundBooks books, TimeProvider clock, CancellationToken ct, DateOnly? from = null, DateOnly? to = null, long? version = null, DateTimeOffset? knownAt = null) =>
        {
            var usual = Quarter.Of(Quarter.Of(clock.Today()).From.AddDays(-1));
            var (first, last) = (from ?? (to is { } end ? Quarter.Of(end).From : usual.From), to ?? (from is { } begin ? Quarter.Of(begin).To : usual.To));
            if (Wrong(first, last, clock.Today()) is { Count: > 0 } wrong) return Problems.Of(wrong);
            return http.Answer(await books.Find(id, version, knownAt, ct) is { } book ? Of(book, first, last, clock.Today()) : null, accounts => accounts.Version);
        })
        .WithSummary("Capital account statements of a fund and its partners for a quarter or a year (lines of the ILPA Reporting Template); by default for the last quarter that is over")
        .Produces<FundAccounts>()
        .RequireAuthorization(Policies.Read);

    public static FundAccounts Of(FundBook book, DateOnly from, DateOnly to, DateOnly today)
    {
        var accounts = CapitalAccounts.Of(book.Flows, book.Commitments, from, to, book.At(to), book.Carry);
        var fund = CapitalAccounts.Bridge(book.Flows, from, to, book.At(to), book.Carry);
        var committed = Known.Of(book.Commitments, book.At(to)).Where(change => !change.Expired).GroupBy(change => change.PartnerId).ToDictionary(own => own.Key, own => own.Sum(change => change.Amount));
        var all = committed.Values.Sum();
        var partners = accounts.Select(account => new PartnerAccount(
            account.PartnerId, book.Fund.PartnerOf(account.PartnerId)?.Name ?? "", book.Fund.PartnerOf(account.PartnerId)?.Kind ?? "",
            all > 0 ? decimal.Round(committed.GetValueOrDefault(account.PartnerId) / all, 8) : null, account.Account, account.Unfunded)).ToList();
        bool Balances(AccountPeriod period) => period.Beginning + period.Lines.Sum() == period.Ending;
        var balanced = Balances(fund) && partners.TrueForAll(partner => Balances(partner.Account))
            && (partners.Count == 0 || (partners.Aggregate(AccountLines.None, (sum, partner) => sum + partner.Account.Lines) == fund.Lines && partners.Sum(partner => partner.Account.Beginning) == fund.Beginning));
        return new(book.Fund.Id, book.Fund.Version, from, to, to >= today, balanced, book.Fund.Currency, fund, partners.Aggregate(UnfundedLines.None, (sum, partner) => sum + partner.Unfunded), partners, book.Fund.ClosedThrough);
    }

    /// <summary>A quarter or a calendar year that has begun.</summary>
    public static IReadOnlyList<Refusal> Wrong(DateOnly from, DateOnly to, DateOnly today) => Check.All(
        Fields.Date(from, "from") ?? (from > today ? new PeriodNotBegun() : null),
        Fields.Date(to, "to") ?? (IsPeriod(from, to) ? null : new NoAccountingPeriod()));

    private static bool IsPeriod(DateOnly from, DateOnly to) =>
        Quarter.Of(from) == (from, to) || (from, to) == (new DateOnly(from.Year, 1, 1), new DateOnly(from.Year, 12, 31));
}
