using System.Security.Cryptography;

namespace Luodi.Portal.Layout;

/// <summary>What a page may load and run: files of this host and nothing else, no text turned into code.</summary>
public static class ContentSecurity
{
    private static readonly object Key = new();

    /// <summary>The mark of this response's own inline scripts.</summary>
    public static string NonceOf(HttpContext context) => (string)context.Items[Key]!;

    public static void UseContentSecurity(this WebApplication app) => app.Use((context, next) =>
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[Key] = nonce;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // Styles keep 'unsafe-inline': MudBlazor writes the theme's tokens as a style element and ECharts sets style attributes.
        headers.ContentSecurityPolicy =
            "default-src 'self'; base-uri 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; " +
            $"font-src 'self' data:; connect-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'";
        return next(context);
    });
}
