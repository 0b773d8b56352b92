using Luodi.Contracts.Funds;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Intake;
using Luodi.Signings.Agreements;

namespace Luodi.Signings.Funding;

/// <summary>Keeps which funds there are, and shows on an agreement what its fund answered.</summary>
public sealed class FundNews(TimeProvider clock)
{
    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        foreach (var heard in events)
        {
            await using var session = transaction.OpenSession();
            if (heard.Type is "fund_established" && heard.Read<FundEstablished>() is var fund)
            {
                session.Store(new KnownFund(fund.FundId, fund.Name, fund.Department));
            }
            else if (Answer(heard) is var (agreementId, answer))
            {
                var stream = await session.Events.FetchForWriting<Agreement>(agreementId, ct);
                // A fund may have been told of an agreement that there is not.
                if (stream.Aggregate is not { } agreement) continue;
                var acting = new Acting("service:signings", heard.CorrelationId ?? heard.Id.ToString(), heard.Id.ToString());
                stream.AppendMany([.. session.Record(Decide(agreement, answer).Effective(heard.EffectiveOn ?? clock.Today()), acting, clock.Today())]);
            }
            await session.SaveChangesAsync(ct);
        }
    }

    /// <summary>An answer is shown where it changes what stands.</summary>
    public static Decision Decide(Agreement agreement, object answer) => agreement.Fund.After(answer) == agreement.Fund ? Decision.Accept() : Decision.Accept(answer);

    private static (Guid Agreement, object Answer)? Answer(CloudEvent heard) => heard.Type switch
    {
        "deal_committed" when heard.Read<DealCommitted>() is { AgreementId: { } agreement } e => (agreement, new FundingConfirmed(agreement, e.FundId, e.DealId, e.Amount)),
        "deal_resized" when heard.Read<DealResized>() is { AgreementId: { } agreement } e => (agreement, new FundingConfirmed(agreement, e.FundId, e.DealId, e.To)),
        "deal_cancelled" when heard.Read<DealCancelled>() is { AgreementId: { } agreement } e => (agreement, new FundingReleased(agreement, e.FundId, e.DealId, e.Freed)),
        "deal_reversed" when heard.Read<DealReversed>() is { AgreementId: { } agreement } e => (agreement, new FundingReleased(agreement, e.FundId, e.DealId, e.Amount)),
        "participation_refused" when heard.Read<ParticipationRefused>() is var e => (e.AgreementId, new FundingRefused(e.AgreementId, e.FundId, e.Amount, e.Because, e.Left)),
        _ => null,
    };
}

/// <summary>What Signings hears: of projects and of funds.</summary>
public sealed class News(KnownProjects.ProjectNews projects, FundNews funds) : IHear
{
    public static IReadOnlyList<string> Services { get; } = ["projects", "funds"];

    public static bool StopsAtFailure => false;

    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        // A page is of one source.
        if (events.Count > 0 && events[0].Source.EndsWith("/funds", StringComparison.Ordinal)) await funds.Hear(events, transaction, ct);
        else await projects.Hear(events, transaction, ct);
    }
}
