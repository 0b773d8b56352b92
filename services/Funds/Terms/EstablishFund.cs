using System.Text.RegularExpressions;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Terms;

/// <param name="Kind">direct-angel, leading-industry, market or own-brand.</param>
/// <param name="TargetSize">What it is meant to raise; its currency is the fund's.</param>
/// <param name="Terms">What its agreement says; it can be set later.</param>
public sealed record EstablishFund(string? Name, string? Kind, Money? TargetSize, SetTerms? Terms = null);

public static partial class EstablishFundFeature
{
    public sealed record KindUnknown() : Refusal("The kind is one of direct-angel, leading-industry, market, own-brand.", "kind");

    public sealed record FundCurrencyMalformed() : Refusal("A currency is three capital letters (ISO 4217), such as USD.", "targetSize");

    public static void MapEstablishFund(this IEndpointRouteBuilder funds) => funds
        .MapPost("", (EstablishFund command, Deciding<Fund> fund, CancellationToken ct) =>
            fund.Start(id => Decide(id, command, fund.Acting.Department), ct))
        .WithSummary("Establishes a fund of the family")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, EstablishFund command, string? department)
    {
        var wrong = Check.All(
        [
            Fields.Text(command.Name, "name"),
            command.Kind is null ? new Missing("kind") : FundKinds.All.Contains(command.Kind) ? null : new KindUnknown(),
            command.TargetSize is { } size && !Currency().IsMatch($"{size.Currency}") ? new FundCurrencyMalformed() : Fields.Amount(command.TargetSize is { } of ? Money.Yuan(of.Value) : null, "targetSize"),
            .. command.Terms is { } terms ? SetTermsFeature.Wrong(terms) : [],
        ]);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var established = new FundEstablished(id, command.Name!.Trim(), command.Kind!, command.TargetSize!, department);
        return command.Terms is { } set ? Decision.Accept(established, SetTermsFeature.Set(id, set)) : Decision.Accept(established);
    }

    [GeneratedRegex("^[A-Z]{3}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Currency();
}
