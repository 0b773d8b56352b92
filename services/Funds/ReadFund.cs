using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Funds;

/// <summary>Funds as the bearer of a token sees them.</summary>
public sealed class FundReader(IQuerySession session, Pasts pasts, Sight sight) : ISee
{
    /// <returns>Null where there is no such fund, or none that the reader sees.</returns>
    public async Task<Fund?> Find(Guid id, CancellationToken ct) => await session.LoadAsync<Fund>(id, ct) is { } fund && sight.Sees(fund.Department) ? fund : null;

    /// <summary>As it stood.</summary>
    /// <param name="named">The answer names the place in the history.</param>
    public async Task<Fund?> FindAsOf(Guid id, RecordAsOf asOf, CancellationToken ct, bool named = true) => await pasts.Of(await Find(id, ct), id, asOf, ct, named);

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ReadFundFeature
{
    public static void MapReadFund(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}", async (Guid id, [AsParameters] RecordAsOf asOf, HttpContext http, FundReader reader, CancellationToken ct) =>
            http.Answer(await reader.FindAsOf(id, asOf, ct), fund => fund.Version))
        .WithSummary("One fund, as it stands or as it stood: after one of its events (`version`), as known (`knownAt`, `position`), as effective (`effectiveBy`)")
        .Produces<Fund>()
        .RequireAuthorization(Policies.Read);
}
