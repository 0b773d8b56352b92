using System.Net.Http.Headers;

namespace Luodi.ServiceDefaults;

public static class HostingStandIn
{
    public static void AddHosting(this WebApplicationBuilder builder) { builder.Services.AddProblemDetails(); builder.Services.AddHealthChecks(); builder.Services.AddSingleton(TimeProvider.System); }
    public static void MapHealth(this WebApplication app) { app.MapHealthChecks("/health/live"); app.MapHealthChecks("/health/ready"); }
    public static void AddServiceClient<T>(this IServiceCollection services, string name) where T : class =>
        services.AddHttpClient<T>((sp, http) =>
        {
            http.BaseAddress = new Uri(sp.GetRequiredService<IConfiguration>()[$"Luodi:Services:{name}"]!);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "x");
        }).AddStandardResilienceHandler();
}
