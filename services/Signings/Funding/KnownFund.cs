using System.Net;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Signings.Funding;

/// <summary>What Signings keeps of a fund that it has heard of.</summary>
/// <param name="Department">Who looks after it.</param>
public sealed record KnownFund(Guid Id, string Name, string? Department = null);

/// <summary>Funds as Signings knows them, and as the bearer of the token sees them. One established a moment ago is asked for at Funds.</summary>
public sealed class FundDirectory(Sight sight, IHttpClientFactory clients)
{
    /// <param name="known">Where what was heard of is read.</param>
    /// <returns>Null where there is no such fund, or none that the reader sees.</returns>
    /// <exception cref="UnavailableException">It has not been heard of, and Funds cannot be asked.</exception>
    public async Task<KnownFund?> Find(Guid id, IQuerySession known, CancellationToken ct)
    {
        if (await known.LoadAsync<KnownFund>(id, ct) is { } fund) return Seen(fund);
        try
        {
            using var answer = await clients.CreateClient("funds").GetAsync($"api/funds/{id}", ct);
            if (answer.StatusCode is HttpStatusCode.NotFound) return null;
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<KnownFund>(ct) is { } asked ? Seen(asked) : null;
        }
        catch (Exception away) when (away is HttpRequestException or Polly.ExecutionRejectedException || (away is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new UnavailableException("funds", away);
        }
    }

    private KnownFund? Seen(KnownFund fund) => sight.Sees(fund.Department) ? fund : null;
}
