using System.Net.Http.Headers;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Components.Authorization;

namespace Luodi.Portal.Services;

/// <summary>Asks the services for the person who is signed in: each request carries a token of its own, made for them.</summary>
public sealed class Caller(IHttpMessageHandlerFactory handlers, IConfiguration configuration, TokenMint mint, AuthenticationStateProvider state)
{
    /// <param name="service"><c>signings</c>, <c>projects</c>, <c>funds</c>, <c>reporting</c>, or <c>portal</c> for its own API.</param>
    public HttpClient Of(string service) => new(new ForThem(handlers.CreateHandler(service), mint, state), disposeHandler: false)
    {
        BaseAddress = new Uri(configuration[$"Luodi:Services:{service}"] ?? throw new InvalidOperationException($"Luodi:Services:{service} is not set.")),
    };

    // The handlers of a factory live in a scope of their own and do not know who asks; this one is made where the person is known.
    private sealed class ForThem(HttpMessageHandler inner, TokenMint mint, AuthenticationStateProvider state) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", mint.For((await state.GetAuthenticationStateAsync()).User));
            request.Headers.AcceptLanguage.TryParseAdd(System.Globalization.CultureInfo.CurrentUICulture.Name);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}

public static class CallerHosting
{
    /// <summary>A client of the service for the person who is signed in; it takes an <see cref="HttpClient"/>.</summary>
    public static void AddCallersClient<TClient>(this IServiceCollection services, string name) where TClient : class
    {
        services.AddServiceClient(name);
        services.AddScoped(provider => ActivatorUtilities.CreateInstance<TClient>(provider, provider.GetRequiredService<Caller>().Of(name)));
    }
}
