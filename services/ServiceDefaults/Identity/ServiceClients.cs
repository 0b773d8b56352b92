using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Timeout;

namespace Luodi.ServiceDefaults.Identity;

/// <summary>Clients of the other services: base address, the service's own token, time limits, retries and a breaker (Polly).</summary>
public static class ServiceClients
{
    /// <summary>How long a question may take that is known to take its time. Set on the request, and asked once.</summary>
    public static readonly HttpRequestOptionsKey<TimeSpan> Patience = new("patience");

    /// <summary>The client that <see cref="IHttpClientFactory"/> gives for the name of a service, however often it is added.</summary>
    public static void AddServiceClient(this IServiceCollection services, string name)
    {
        // Added again to the client of the same name, its handlers would stand one inside the other: 3 x 3 attempts instead of 3.
        if (services.Any(each => each.ImplementationInstance is Added added && added.Name == name)) return;
        services.AddSingleton(new Added(name));
        services.AddTransient<OwnToken>();
        services.AddHttpClient(name)
            .ConfigureHttpClient((provider, http) => http.BaseAddress = AddressOf(provider, name))
            .AddHttpMessageHandler<OwnToken>()
            .AddStandardResilienceHandler(options =>
            {
                // Callers are people or loops that come again: better a quick answer than a long wait.
                options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(3);
                options.AttemptTimeout.TimeoutGenerator = args => ValueTask.FromResult(PatienceOf(args.Context) ?? options.AttemptTimeout.Timeout);
                options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(6);
                options.TotalRequestTimeout.TimeoutGenerator = args => ValueTask.FromResult(PatienceOf(args.Context) ?? options.TotalRequestTimeout.Timeout);
                options.Retry.ShouldHandle = args => ValueTask.FromResult(IsAway(args.Outcome) || args.Outcome.Exception is TimeoutRejectedException);
                options.Retry.MaxRetryAttempts = 2;
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                options.Retry.BackoffType = DelayBackoffType.Exponential;
                // All who ask a service share its breaker: one question that always fails or is slow must not take it away from the others.
                options.CircuitBreaker.ShouldHandle = args => ValueTask.FromResult(IsAway(args.Outcome));
                options.CircuitBreaker.FailureRatio = 0.5;
                options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(10);
                options.CircuitBreaker.MinimumThroughput = 10;
                options.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(1);
            });
    }

    private static TimeSpan? PatienceOf(ResilienceContext context) =>
        context.GetRequestMessage() is { } request && request.Options.TryGetValue(Patience, out var patience) ? patience : null;

    // A service that answers 500 is there; the same question would fail again.
    private static bool IsAway(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException || outcome.Result?.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private sealed record Added(string Name);

    /// <summary>A client for a question that takes its time: whoever asks waits, and nothing is asked twice.</summary>
    public static void AddPatientClient(this IServiceCollection services, string name)
    {
        services.AddTransient<OwnToken>();
        services.AddHttpClient(PatientOf(name))
            .ConfigureHttpClient((provider, http) =>
            {
                http.BaseAddress = AddressOf(provider, name);
                http.Timeout = TimeSpan.FromMinutes(10);
            })
            .AddHttpMessageHandler<OwnToken>();
    }

    /// <summary>The name of that client.</summary>
    public static string PatientOf(string name) => $"{name}, patiently";

    private static Uri AddressOf(IServiceProvider provider, string name) =>
        new(provider.GetRequiredService<IConfiguration>()[$"Luodi:Services:{name}"] ?? throw new InvalidOperationException($"Luodi:Services:{name} is not set."));

    /// <summary>The service's own token, asked for at the portal.</summary>
    internal static void AddTokenOfTheService(this IServiceCollection services)
    {
        services.AddSingleton<IOwnToken, TokenOfTheService>();
        services.AddHttpClient(TokenOfTheService.Client, (provider, http) =>
        {
            var configuration = provider.GetRequiredService<IConfiguration>();
            http.BaseAddress = new Uri(configuration["Auth:Authority"] ?? configuration["Auth:Issuer"] ?? throw new InvalidOperationException("Auth:Issuer is not set."));
            http.Timeout = TimeSpan.FromSeconds(5);
        });
    }

    /// <summary>A request that carries nobody's token carries the service's own.</summary>
    private sealed class OwnToken(IOwnToken own) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", await own.Get(cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>The token with which this process asks on nobody's behalf: the portal makes its own, a service asks the portal for one.</summary>
public interface IOwnToken
{
    ValueTask<string> Get(CancellationToken ct);
}

/// <summary>Client credentials (RFC 6749, 4.4) at the portal; kept until two thirds of its life are over.</summary>
internal sealed class TokenOfTheService(ServiceIdentity service, IHttpClientFactory clients, IConfiguration configuration, TimeProvider clock) : IOwnToken, IDisposable
{
    public const string Client = "tokens";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private (string Token, DateTimeOffset Until) _kept = ("", DateTimeOffset.MinValue);

    public async ValueTask<string> Get(CancellationToken ct)
    {
        if (_kept.Until > clock.GetUtcNow()) return _kept.Token;
        await _gate.WaitAsync(ct);
        try
        {
            if (_kept.Until > clock.GetUtcNow()) return _kept.Token;
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = service.Name,
                ["client_secret"] = configuration["Auth:ClientSecret"] ?? throw new InvalidOperationException("Auth:ClientSecret is not set."),
                ["scope"] = Luodi.Contracts.Portal.Scopes.Luodi,
            });
            using var answer = await clients.CreateClient(Client).PostAsync(new Uri("connect/token", UriKind.Relative), form, ct);
            answer.EnsureSuccessStatusCode();
            var granted = await answer.Content.ReadFromJsonAsync<Granted>(ct) ?? throw new HttpRequestException("The portal answered without a token.");
            _kept = (granted.AccessToken, clock.GetUtcNow() + (TimeSpan.FromSeconds(granted.ExpiresIn) * 2 / 3));
            return _kept.Token;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private sealed record Granted([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
