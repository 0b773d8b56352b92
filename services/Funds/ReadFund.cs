using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Funds;

/// <summary>Funds as the bearer of a token sees them.</summary>
public sealed class FundReader(IQuerySession session, Sight sight) : ISee
{
    /// <returns>Null where there is no such fund, or none that the reader sees.</returns>
    public async Task<Fund?> Find(Guid id, CancellationToken ct) => await session.LoadAsync<Fund>(id, ct) is { } fund && sight.Sees(fund.Department) ? fund : null;

    /// <summary>As it stood after its <paramref name="version"/>th event.</summary>
    public async Task<Fund?> FindAsOf(Guid id, long version, CancellationToken ct) =>
        version > 0 && await Sees(id, ct) && await session.Events.AggregateStreamAsync<Fund>(id, version, token: ct) is { } fund && fund.Version == version ? fund : null;

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ReadFundFeature
{
    public static void MapReadFund(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}", async (Guid id, HttpContext http, FundReader reader, CancellationToken ct, long? version = null) =>
        {
            if (await (version is { } asOf ? reader.FindAsOf(id, asOf, ct) : reader.Find(id, ct)) is not { } fund) return Problems.Of(new NotFound());
            http.Response.Headers.ETag = $"\"{fund.Version}\"";
            return Results.Ok(fund);
        })
        .WithSummary("One fund, as it stands or as it stood after one of its events")
        .Produces<Fund>()
        .RequireAuthorization(Policies.Read);
}
