using Microsoft.AspNetCore.Localization;

namespace Luodi.Portal.Gateway;

/// <summary>
/// A program that calls the API is answered in the language it asks for, also where the portal itself has to answer. What a page asks the API for, a
/// file above all, is in the language of the page, whatever the browser would rather have.
/// </summary>
internal sealed class CallerLanguage : AcceptLanguageHeaderRequestCultureProvider
{
    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
        httpContext.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !OfAPage(httpContext.Request) ? base.DetermineProviderCultureResult(httpContext) : NullProviderCultureResult;

    private static bool OfAPage(HttpRequest request) => request.Headers.Authorization.Count == 0 && request.Cookies.Count > 0;
}
