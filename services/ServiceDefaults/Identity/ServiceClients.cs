using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace Luodi.ServiceDefaults.Identity;

/// <summary>Clients of the other services: base address, the service's own token, time limits, retries and a breaker (Polly).</summary>
public static class ServiceClients
{
    /// <summary>A typed client of the service <paramref name="name"/>.</summary>
    public static IHttpClientBuilder AddServiceClient<TClient>(this IServiceCollection services, string name) where TClient : class =>
        Configure(services.AddHttpClient<TClient>(), name);

    /// <summary>The client that <see cref="IHttpClientFactory"/> gives for the name of a service.</summary>
    public static IHttpClientBuilder AddServiceClient(this IServiceCollection services, string name) => Configure(services.AddHttpClient(name), name);

    private static IHttpClientBuilder Configure(IHttpClientBuilder client, string name)
    {
        client.Services.AddTransient<OwnToken>();
        client
            .ConfigureHttpClient((provider, http) => http.BaseAddress = new Uri(
                provider.GetRequiredService<IConfiguration>()[$"Luodi:Services:{name}"] ?? throw new InvalidOperationException($"Luodi:Services:{name} is not set.")))
            .AddHttpMessageHandler<OwnToken>()
            .AddStandardResilienceHandler(options =>
            {
                // Callers are people or loops that come again: better a quick answer than a long wait.
                options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(3);
                options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(6);
                options.Retry.MaxRetryAttempts = 2;
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                options.Retry.BackoffType = DelayBackoffType.Exponential;
                options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(10);
                options.CircuitBreaker.MinimumThroughput = 10;
                options.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(1);
            });
        return client;
    }

    /// <summary>Reads the token of this service at each use, so that it can be renewed without a restart.</summary>
    private sealed class OwnToken(IConfiguration configuration) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Authorization is null && configuration["Auth:TokenFile"] is { } file)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(file, cancellationToken)).Trim());
            }
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
