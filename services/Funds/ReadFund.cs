using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Relay;
using Marten;

namespace Luodi.Funds;

/// <summary>Funds as the bearer of a token sees them.</summary>
public sealed class FundReader(IQuerySession session, Sight sight) : ISee
{
    /// <returns>Null where there is no such fund, or none that the reader sees.</returns>
    public async Task<Fund?> Find(Guid id, CancellationToken ct) => await session.LoadAsync<Fund>(id, ct) is { } fund && sight.Sees(fund.Department) ? fund : null;

    /// <summary>As it stood after its <paramref name="version"/>th event.</summary>
    public async Task<Fund?> FindAsOf(Guid id, long version, CancellationToken ct) =>
        await Sees(id, ct) ? await session.After<Fund>(id, version, fund => fund.Version, ct) : null;

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ReadFundFeature
{
    public static void MapReadFund(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}", async (Guid id, HttpContext http, FundReader reader, CancellationToken ct, long? version = null) =>
            http.Answer(await (version is { } asOf ? reader.FindAsOf(id, asOf, ct) : reader.Find(id, ct)), fund => fund.Version))
        .WithSummary("One fund, as it stands or as it stood after one of its events")
        .Produces<Fund>()
        .RequireAuthorization(Policies.Read);
}
