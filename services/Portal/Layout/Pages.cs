using Luodi.Portal.Figures;
using Luodi.Portal.Gateway;
using Luodi.Portal.Work;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace Luodi.Portal.Layout;

/// <summary>Hosting of the pages themselves.</summary>
public static class Pages
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        // Every process answers a bug with a problem document; here a person reads the answer.
        builder.Services.RemoveAll<IExceptionHandler>();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents()
            // What a page was rendered with comes back once, when its circuit starts: a full page of postings takes more than the usual 32 KB.
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 512 * 1024);
        builder.Services.AddMudServices();
        builder.Services.AddLocalization();
        builder.Services.AddTransient<Written>();
        builder.Services.AddScoped<WaitingWork>();
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Preferences.Chinese);
            options.AddSupportedCultures(Preferences.Chinese, Preferences.English);
            options.AddSupportedUICultures(Preferences.Chinese, Preferences.English);
            // On pages the switch decides, and without it the bureau's language: not what a browser happens to ask for.
            options.RequestCultureProviders = [new CallerLanguage(), new CookieRequestCultureProvider()];
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseRequestLocalization();
        // A page that is unknown or has failed is told in words; what a service answers stays as it was sent (the gateway's routes opt out).
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
