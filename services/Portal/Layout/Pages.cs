using Luodi.Portal.Figures;
using MudBlazor.Services;

namespace Luodi.Portal.Layout;

/// <summary>Hosting of the pages themselves.</summary>
public static class Pages
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        builder.Services.AddLocalization();
        builder.Services.AddTransient<Written>();
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Preferences.Chinese);
            options.AddSupportedCultures(Preferences.Chinese, Preferences.English);
            options.AddSupportedUICultures(Preferences.Chinese, Preferences.English);
            // The switch decides, and without it the bureau's language: not what a browser happens to ask for.
            options.RequestCultureProviders = [new Microsoft.AspNetCore.Localization.CookieRequestCultureProvider()];
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseRequestLocalization();
        // An unknown page is told in words; an API's bare 401 or 404 stays as its service sent it.
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
