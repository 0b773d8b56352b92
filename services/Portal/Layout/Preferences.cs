using Microsoft.AspNetCore.Localization;

namespace Luodi.Portal.Layout;

/// <summary>Language and theme are the reader's choice, kept in two cookies and switched by plain links.</summary>
public static class Preferences
{
    public const string Chinese = "zh-CN";
    public const string English = "en";
    private const string ThemeCookie = "luodi-theme";

    public static bool IsDark(HttpContext context) => context.Request.Cookies[ThemeCookie] == "dark";

    public static void MapPreferences(this WebApplication app)
    {
        app.MapGet("/preferences/language/{language}", (string language, string? back, HttpContext context) =>
        {
            var culture = language == English ? English : Chinese;
            Remember(context, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)));
            return Back(back);
        }).AllowAnonymous().ExcludeFromDescription();

        app.MapGet("/preferences/theme/{theme}", (string theme, string? back, HttpContext context) =>
        {
            Remember(context, ThemeCookie, theme == "dark" ? "dark" : "light");
            return Back(back);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static void Remember(HttpContext context, string name, string value) => context.Response.Cookies.Append(name, value, new CookieOptions
    {
        IsEssential = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        MaxAge = TimeSpan.FromDays(365),
    });

    // Only a path of this host: the way back is never a way to somewhere else.
    private static IResult Back(string? path) =>
        Results.LocalRedirect(path is ['/', ..] and not ['/', '/' or '\\', ..] ? path : "/");
}
