using System.Globalization;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Mvc;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Luodi.Portal.Gateway;

/// <summary>One address for every service: <c>/api/SERVICE/**</c>, answered by the service on the same path.</summary>
public static class GatewayExtensions
{
    private static readonly string[] Services = ["projects", "funds", "signings", "reporting", "audit"];

    public static void AddGateway(this WebApplicationBuilder builder)
    {
        var addresses = builder.Configuration.GetSection("Luodi:Services");
        RouteConfig[] routes = [.. Services.Select(service => new RouteConfig
        {
            RouteId = service,
            ClusterId = service,
            // Who may do what, the service decides.
            AuthorizationPolicy = "anonymous",
            Match = new RouteMatch { Path = $"/api/{service}/{{**rest}}" },
        })];
        ClusterConfig[] clusters = [.. Services.Select(service => new ClusterConfig
        {
            ClusterId = service,
            // As the portal read them: without this, one letter beyond ASCII in a header would count as a service that is away.
            HttpClient = new HttpClientConfig { RequestHeaderEncoding = "utf-8" },
            Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal)
            {
                [service] = new() { Address = addresses[service] ?? throw new InvalidOperationException($"Luodi:Services:{service} is not set.") },
            },
        })];
        // Two lines for every request say nothing that the services do not.
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        builder.Services.AddReverseProxy().LoadFromMemory(routes, clusters).AddTransforms(context =>
        {
            // A service knows its caller by the bearer token alone. A cookie is between the browser and the portal.
            context.AddRequestHeaderRemove("Cookie");
            context.AddResponseHeaderRemove("Set-Cookie", ResponseCondition.Always);
            context.AddRequestTransform(request =>
            {
                var person = request.HttpContext.User;
                if (person.Identity?.AuthenticationType == SessionCookie.Scheme)
                {
                    request.ProxyRequest.Headers.Authorization = new("Bearer", request.HttpContext.RequestServices.GetRequiredService<TokenMint>().For(person));
                    request.ProxyRequest.Headers.AcceptLanguage.Clear();
                    request.ProxyRequest.Headers.AcceptLanguage.Add(new(CultureInfo.CurrentUICulture.Name));
                }
                return ValueTask.CompletedTask;
            });
        });
    }

    public static void MapGateway(this WebApplication app)
    {
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(SayWhoIsAway);
            proxy.Use(LetIn);
        }).WithMetadata(new SkipStatusCodePagesAttribute());
        app.Map("/api/{**rest}", () => Results.Problem(statusCode: StatusCodes.Status404NotFound)).AllowAnonymous().ExcludeFromDescription();
    }

    // A token that was ended is known here alone; and a cookie travels with a form of any site, a token does not.
    private static Task LetIn(HttpContext context, RequestDelegate next)
    {
        var ended = context.Request.Headers.Authorization.Count > 0 && context.User.Identity?.IsAuthenticated is not true;
        var forged = context.User.Identity?.AuthenticationType == SessionCookie.Scheme && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
            && context.Request.Headers["Sec-Fetch-Site"] != "same-origin";
        return ended || forged
            ? Results.Problem(statusCode: ended ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden).ExecuteAsync(context)
            : next(context);
    }

    // Left alone, YARP answers a bare 502. A client can do something with "try again in a few seconds".
    private static async Task SayWhoIsAway(HttpContext context, RequestDelegate next)
    {
        // The service names the language of its answer itself.
        context.Response.Headers.ContentLanguage = default;
        await next(context);
        if (context.Features.Get<IForwarderErrorFeature>()?.Error is not { } error || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return;
        if (error is not (ForwarderError.Request or ForwarderError.RequestBodyDestination or ForwarderError.RequestTimedOut or ForwarderError.NoAvailableDestinations or ForwarderError.RequestCreation)) return;
        var service = context.GetReverseProxyFeature().Route.Config.RouteId;
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = Problems.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.ContentLanguage = CultureInfo.CurrentUICulture.Name;
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "en";
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new()
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails
            {
                Type = "/problems/unavailable",
                Status = StatusCodes.Status503ServiceUnavailable,
                Title = english ? "A part of the system cannot be reached just now. Try again in a moment." : "系统的某个部分暂时无法访问，请稍后重试。",
                // It may have died after it had done what was asked.
                Detail = english
                    ? $"'{service}' gave no answer. With the same Idempotency-Key nothing is done twice."
                    : $"“{service}”没有应答。使用同一个 Idempotency-Key 重试，不会重复执行。",
            },
        });
    }
}
