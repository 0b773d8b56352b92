using Luodi.Portal.Figures;
using Luodi.Portal.Gateway;
using Luodi.Portal.History;
using Luodi.Portal.Services;
using Luodi.Portal.Tables;
using Luodi.Portal.Work;
using Luodi.ServiceDefaults.Hosting;
using Marten;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Localization;
using MudBlazor.Services;

namespace Luodi.Portal.Layout;

/// <summary>Hosting of the pages themselves.</summary>
public static class Pages
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents()
            // What a page was rendered with comes back in one message: more than the usual 32 KB.
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 512 * 1024);
        builder.Services.AddSingleton(typeof(PersistentComponentStateSerializer<>), typeof(PackedState<>));
        builder.Services.AddMudServices();
        builder.Services.AddLocalization();
        builder.Services.AddTransient<Written>();
        builder.Services.AddTransient<Rollups.Tables>();
        builder.Services.AddSingleton<DepartmentNames>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DepartmentNames>());
        builder.Services.AddScoped<MomentReader>();
        builder.Services.AddScoped<WaitingWork>();
        builder.Services.AddScoped<SavedViews>();
        builder.Services.ConfigureMarten(store => store.Schema.For<SavedView>().Index(view => view.Table));
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Preferences.Chinese);
            options.AddSupportedCultures(Preferences.Chinese, Preferences.English);
            options.AddSupportedUICultures(Preferences.Chinese, Preferences.English);
            // On pages the switch decides, and without it the bureau's language: not what a browser happens to ask for.
            options.RequestCultureProviders = [new CallerLanguage(), new CookieRequestCultureProvider()];
        });
    }

    /// <summary>What goes wrong is told in words to people, and as a problem document to programs; what a service answers stays as it was sent (the gateway's routes opt out).</summary>
    public static void UseWords(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseWhen(Problems.AreFor, api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });
        app.UseWhen(http => !Problems.AreFor(http), pages =>
        {
            pages.UseExceptionHandler("/error", createScopeForErrors: true);
            pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
