using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Partners;

/// <param name="Share">Of all that is subscribed, in percent, to six decimals; null where nothing is.</param>
/// <param name="OpenCalls">What was called from them and is not paid.</param>
public sealed record PartnerItem(Partner Partner, decimal? Share, IReadOnlyList<OpenCall> OpenCalls);

public static class ListPartnersFeature
{
    public static void MapListPartners(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}/partners", async (Guid id, [AsParameters] RecordAsOf asOf, FundReader reader, CancellationToken ct) =>
            await reader.FindAsOf(id, asOf, ct) is { } fund
                ? Results.Ok(new { items = Of(fund), total = fund.Partners.Count, currency = fund.Currency })
                : Problems.Of(new NotFound()))
        .WithSummary("The partners of a fund with what they subscribed, paid and received, and what is open of their calls")
        .RequireAuthorization(Policies.Read);

    public static IReadOnlyList<PartnerItem> Of(Fund fund) =>
    [
        .. fund.Partners.Select(partner => new PartnerItem(
            partner, fund.Subscribed == 0 ? null : decimal.Round(partner.Subscribed * 100 / fund.Subscribed, 6), [.. fund.OpenCalls.Where(call => call.PartnerId == partner.Id)])),
    ];
}
