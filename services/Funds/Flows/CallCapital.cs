using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Closing;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Flows;

/// <summary>A call upon all partners.</summary>
/// <param name="Amount">The whole; each partner's part is as their subscription is to all.</param>
public sealed record CallCapital(Money? Amount, DateOnly? DueOn);

public static class CallCapitalFeature
{
    public static void MapCallCapital(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/calls", (Guid id, CallCapital command, Deciding<Fund> fund, TimeProvider clock, CancellationToken ct) =>
            fund.Decide(id, state => Decide(state, [.. state.Partners.Select(_ => Guid.CreateVersion7())], command, clock.Today()), ct, StatusCodes.Status201Created))
        .WithSummary("Calls capital from all partners in proportion to what they subscribed: a flow for each, which a second person confirms")
        .RequireAuthorization(Policies.LogDeals);

    /// <param name="flowIds">One for each partner.</param>
    public static Decision Decide(Fund fund, IReadOnlyList<Guid> flowIds, CallCapital command, DateOnly today)
    {
        var wrong = Check.All(
            Amounts.Wrong(command.Amount, "amount", fund),
            Fields.Date(command.DueOn, "dueOn") ?? (command.DueOn > today.AddDays(LogFlowFeature.MostDaysAhead) ? new DueTooLate() : null) ?? ClosePeriodFeature.Obstacle(fund, command.DueOn, "dueOn"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (fund.Subscribed == 0) return new NobodyToCall();
        var parts = Split(command.Amount!.Value, [.. fund.Partners.Select(partner => partner.Subscribed)]);
        var calls = fund.Partners.Zip(parts, flowIds).Where(each => each.Second > 0).ToList();
        var obstacles = calls.Select(each => LogFlowFeature.Obstacle(fund, FlowKinds.Called, each.Second, each.First.Id, null, 0, recallable: false)).OfType<Refusal>().Take(1).ToList();
        return obstacles.Count > 0 ? Decision.Refuse(obstacles)
            : Decision.Accept([.. calls.Select(each => new FlowLogged(each.Third, fund.Id, FlowKinds.Called, command.DueOn!.Value, new Money(each.Second, fund.Currency), each.First.Id, null, 0.00m, Recallable: false))])
                .Effective(command.DueOn!.Value).Answering(new { id = calls[0].Third, flows = calls.Select(each => each.Third) });
    }

    public sealed record NobodyToCall() : Refusal("No partner has subscribed: there is nobody to call capital from.");

    public sealed record DueTooLate() : Refusal("A call is due within a year.", "dueOn");

    /// <summary>In proportion, to the fen: each part is rounded down, and the fen that are left go to the largest remainders.</summary>
    public static IReadOnlyList<decimal> Split(decimal amount, IReadOnlyList<decimal> by)
    {
        var whole = by.Sum();
        var exact = by.Select(each => amount * each / whole).ToList();
        var parts = exact.Select(each => decimal.Round(each, 2, MidpointRounding.ToZero)).ToArray();
        var left = (int)((amount - parts.Sum()) * 100);
        foreach (var at in exact.Index().OrderByDescending(each => each.Item - parts[each.Index]).ThenBy(each => each.Index).Select(each => each.Index).Take(left)) parts[at] += 0.01m;
        return parts;
    }
}
