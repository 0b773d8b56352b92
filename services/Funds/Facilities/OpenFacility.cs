using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Facilities;

/// <param name="Product">guaranteed-loan, government-bank-insurance or joint-bank-product.</param>
/// <param name="Lender">The bank, or the banks.</param>
/// <param name="Limit">What may be outstanding at once.</param>
public sealed record OpenFacility(string? Name, string? Product, string? Lender, Money? Limit, bool Illustrative = false);

public static class OpenFacilityFeature
{
    public sealed record ProductUnknown() : Refusal("The product is one of guaranteed-loan, government-bank-insurance, joint-bank-product.", "product");

    public static void MapOpenFacility(this IEndpointRouteBuilder facilities) => facilities
        .MapPost("", (OpenFacility command, Deciding<Facility> facility, CancellationToken ct) =>
            facility.Start(id => Decide(id, command, facility.Acting.Department), ct))
        .WithSummary("Opens a finance product with its limit")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, OpenFacility command, string? department)
    {
        var wrong = Check.All(
            Fields.Text(command.Name, "name"),
            command.Product is null ? new Missing("product") : FacilityProducts.All.Contains(command.Product) ? null : new ProductUnknown(),
            Fields.Text(command.Lender, "lender"),
            Fields.Amount(command.Limit, "limit"));
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new FacilityOpened(id, command.Name!.Trim(), command.Product!, command.Lender!.Trim(), command.Limit!, command.Illustrative, department));
    }
}
