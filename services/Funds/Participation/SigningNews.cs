using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.Funds.Deals;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Intake;
using Marten;

namespace Luodi.Funds.Participation;

/// <summary>What an agreement asks of a fund.</summary>
/// <param name="Id">Of the agreement.</param>
/// <param name="InForce">Its signing is confirmed: the fund answers.</param>
public sealed record AskedOfFund(Guid Id, Guid FundId, Guid ProjectId, Money Amount, bool InForce = false);

/// <summary>
/// A fund commits what an agreement in force asks of it, or refuses; where the agreement is terminated, what is not paid out is free again.
/// Two persons have had their say by then: over the paper.
/// </summary>
public sealed class SigningNews(TimeProvider clock) : IHear
{
    public static IReadOnlyList<string> Services { get; } = ["signings"];

    public static bool StopsAtFailure => false;

    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        foreach (var heard in events)
        {
            var agreement = Guid.Parse(heard.Subject);
            switch (heard.Type)
            {
                case "fund_participation_requested" when heard.Read<FundParticipationRequested>() is var e:
                    if (await Keep(agreement, before => new(agreement, e.FundId, e.ProjectId, e.Amount, before?.InForce is true)) is { InForce: true } again) await React(heard, again.FundId, fund => Decide(fund, again, heard.Id, Day(heard)));
                    break;
                case "fund_participation_withdrawn":
                    await Keep(agreement, _ => null);
                    break;
                case "signing_confirmed":
                    if (await Keep(agreement, asked => asked is null ? null : asked with { InForce = true }) is { } now) await React(heard, now.FundId, fund => Decide(fund, now, heard.Id, Day(heard)));
                    break;
                case "termination_confirmed":
                    await Keep(agreement, asked => asked is null ? null : asked with { InForce = false });
                    await using (var looking = transaction.OpenSession())
                    {
                        foreach (var taking in await looking.Query<Fund>().Where(fund => fund.Deals.Any(deal => deal.AgreementId == agreement)).ToListAsync(ct)) await React(heard, taking.Id, fund => Release(fund, agreement));
                    }
                    break;
                default:
                    break;
            }
        }

        async Task<AskedOfFund?> Keep(Guid agreement, Func<AskedOfFund?, AskedOfFund?> next)
        {
            await using var session = transaction.OpenSession();
            var asked = next(await session.LoadAsync<AskedOfFund>(agreement, ct));
            if (asked is null) session.Delete<AskedOfFund>(agreement);
            else session.Store(asked);
            await session.SaveChangesAsync(ct);
            return asked;
        }

        async Task React(CloudEvent heard, Guid fundId, Func<Fund, Decision> rule)
        {
            await using var session = transaction.OpenSession();
            var stream = await session.Events.FetchForWriting<Fund>(fundId, ct);
            var fund = stream.Aggregate ?? throw new InvalidOperationException($"Agreement {heard.Subject} names fund {fundId}, which is not established.");
            var acting = new Acting("service:funds", heard.CorrelationId ?? heard.Id.ToString(), heard.Id.ToString());
            stream.AppendMany([.. session.Record(rule(fund), acting, clock.Today())]);
            await session.SaveChangesAsync(ct);
        }
    }

    /// <param name="dealId">Of the deal, where this is its beginning.</param>
    /// <param name="on">The day from which the agreement asks for it.</param>
    public static Decision Decide(Fund fund, AskedOfFund asked, Guid dealId, DateOnly on)
    {
        var deal = fund.Deals.FirstOrDefault(each => each.AgreementId == asked.Id && !each.Cancelled);
        var more = asked.Amount.Value - (deal?.Amount ?? 0);
        var because = fund.WoundUp ? ParticipationObstacles.WoundUp
            : asked.Amount.Currency != fund.Currency ? ParticipationObstacles.OtherCurrency
            : more > 0 && ApproveDealFeature.Obstacle(fund, more) is not null ? ParticipationObstacles.CapitalShort
            : null;
        if (because is not null) return Decision.Accept(new ParticipationRefused(asked.Id, fund.Id, asked.ProjectId, asked.Amount, because, new Money(Math.Max(0, fund.Uncommitted), fund.Currency)));
        if (deal is null) return Decision.Accept(new DealCommitted(dealId, fund.Id, asked.ProjectId, asked.Id, asked.Amount, on)).Effective(on);
        // What was paid out cannot be asked for less.
        var to = new Money(Math.Max(asked.Amount.Value, deal.Disbursed), fund.Currency);
        return Decision.Accept(new DealResized(deal.Id, fund.Id, deal.ProjectId, asked.Id, new Money(deal.Amount, fund.Currency), to)).Effective(on);
    }

    /// <summary>What the agreement had asked for and is not paid out.</summary>
    public static Decision Release(Fund fund, Guid agreementId) =>
        Decision.Accept([.. fund.Deals.Where(deal => deal.AgreementId == agreementId && deal.Undisbursed > 0).Select(deal => CancelDealFeature.Freed(fund, deal))]);

    private DateOnly Day(CloudEvent heard) => heard.EffectiveOn ?? clock.Today();
}
