using Microsoft.AspNetCore.Localization;

namespace Luodi.Portal.Gateway;

/// <summary>A program that calls the API is answered in the language it asks for, also where the portal itself has to answer.</summary>
internal sealed class CallerLanguage : AcceptLanguageHeaderRequestCultureProvider
{
    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
        httpContext.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? base.DetermineProviderCultureResult(httpContext) : NullProviderCultureResult;
}
