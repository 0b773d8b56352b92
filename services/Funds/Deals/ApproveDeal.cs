using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Deals;

/// <param name="On">The day of the decision.</param>
public sealed record ApproveDeal(Guid? ProjectId, Guid? AgreementId, Money? Amount, DateOnly? On);

public static class ApproveDealFeature
{
    public sealed record UncommittedCapitalShort(decimal Left) : Refusal("The fund has {Left} that is not committed, fees and expenses taken off.", "amount")
    {
        public override int Status => 409;
    }

    public sealed record ApprovedInFuture() : Refusal("This day has not come yet.", "on");

    public static void MapApproveDeal(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/deals", (Guid id, ApproveDeal command, Deciding<Fund> fund, TimeProvider clock, CancellationToken ct) =>
            fund.Decide(id, state => Decide(state, Guid.CreateVersion7(), command, clock.Today()), ct, StatusCodes.Status201Created))
        .WithSummary("Logs that an investment was approved; once a second person has confirmed it, the capital is committed")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Fund fund, Guid dealId, ApproveDeal command, DateOnly today)
    {
        var wrong = Check.All(
            Fields.Present(command.ProjectId, "projectId"),
            Amounts.Wrong(command.Amount, "amount", fund),
            Fields.Date(command.On, "on") ?? (command.On > today ? new ApprovedInFuture() : null));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return Obstacle(fund, command.Amount!.Value) is { } obstacle ? obstacle
            : Decision.Accept(new DealApproved(dealId, fund.Id, command.ProjectId!.Value, command.AgreementId, command.Amount, command.On!.Value)).Effective(command.On.Value).Answering(new { id = dealId });
    }

    // What waits takes nothing from anybody: of two that wait for the same capital, the one that is confirmed first has it.
    internal static Refusal? Obstacle(Fund fund, decimal amount) => amount > fund.Uncommitted ? new UncommittedCapitalShort(Math.Max(0, fund.Uncommitted)) : null;
}
