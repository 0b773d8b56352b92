using Luodi.Portal.Layout;
using Scalar.AspNetCore;

namespace Luodi.Portal.Gateway;

/// <summary>The description of every service's API, for a person to read: <c>/docs/api</c>. Nothing in it leaves this host.</summary>
public static class ApiReferenceExtensions
{
    public static IEndpointConventionBuilder MapApiReference(this WebApplication app) => app.MapScalarApiReference("/docs/api", (reference, context) =>
    {
        reference.Title = "Luodi API";
        reference.OpenApiRoutePattern = "/api/{documentName}/openapi/v1.json";
        reference.AddDocuments("signings", "projects", "funds", "reporting", "audit", "portal");
        reference.Nonce = ContentSecurity.NonceOf(context);
        reference.DarkMode = Preferences.IsDark(context);
        reference.DefaultFonts = false;
        reference.Telemetry = false;
        reference.HideClientButton = true;
        reference.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        reference.DisableAgent();
        reference.DisableMcp();
    });
}
