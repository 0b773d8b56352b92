using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds;

/// <param name="Kind">direct-angel, leading-industry or market.</param>
/// <param name="TargetSize">What it is meant to raise.</param>
public sealed record EstablishFund(string? Name, string? Kind, Money? TargetSize);

public static class EstablishFundFeature
{
    public sealed record KindUnknown() : Refusal("The kind is one of direct-angel, leading-industry, market.", "kind");

    public static void MapEstablishFund(this IEndpointRouteBuilder funds) => funds
        .MapPost("", (EstablishFund command, Deciding<Fund> fund, CancellationToken ct) =>
            fund.Start(id => Decide(id, command, fund.Acting.Department), ct))
        .WithSummary("Establishes a fund of the family")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, EstablishFund command, string? department)
    {
        var wrong = Check.All(
            Fields.Text(command.Name, "name"),
            command.Kind is null ? new Missing("kind") : FundKinds.All.Contains(command.Kind) ? null : new KindUnknown(),
            Fields.Amount(command.TargetSize, "targetSize"));
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new FundEstablished(id, command.Name!.Trim(), command.Kind!, command.TargetSize!, department));
    }
}
