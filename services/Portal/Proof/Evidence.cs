using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Luodi.Portal.Proof;

/// <summary>
/// <c>GET /evidence.zip</c> with the same conditions as <c>/postings</c>: the figure, the events behind it and their proofs, to be checked offline with luodi-verify; with <c>event</c> alone those of one event.
/// Reporting says what the figure is and which events it needs, Audit makes the pack.
/// </summary>
public static class Evidence
{
    private const string Client = "evidence";

    // What is asked for may be a second old; a checkpoint follows within seconds, and its cosignatures soon after. A witness that is away holds nobody up for ever.
    private const int Attempts = 15;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    public static void AddEvidence(this IServiceCollection services) => services.AddHttpClient(Client, http => http.Timeout = TimeSpan.FromMinutes(5));

    public static void MapEvidence(this IEndpointRouteBuilder app) => app
        .MapGet("/evidence.zip", async (HttpContext http, [FromQuery(Name = "event")] string? named, IHttpClientFactory clients, IConfiguration configuration, TokenMint mint, TimeProvider clock, CancellationToken ct) =>
        {
            // An id that is none is a bad question; bound as an id it would be told as a fault of ours.
            Guid? about = Guid.TryParse(named, out var id) ? id : null;
            if (named is not null && about is null) return Results.Problem(statusCode: StatusCodes.Status400BadRequest);
            using var client = clients.CreateClient(Client);
            JsonNode pack = new JsonObject { ["events"] = new JsonArray(about?.ToString()), ["whole"] = true };
            try
            {
                if (about is null)
                {
                    using var explained = await client.SendAsync(Ask("reporting", $"postings/evidence{http.Request.QueryString}", null), ct);
                    if (!explained.IsSuccessStatusCode) return await Passed(explained, ct);
                    pack = (await explained.Content.ReadFromJsonAsync<JsonNode>(ct))!;
                    pack["whole"] = true;
                }
                using var timer = new PeriodicTimer(Between, clock);
                for (var attempt = 1; ; attempt++)
                {
                    pack["cosigned"] = attempt < Attempts;
                    var made = await client.SendAsync(Ask("audit", "packs", pack), HttpCompletionOption.ResponseHeadersRead, ct);
                    http.Response.RegisterForDispose(made);
                    if (made.IsSuccessStatusCode) return Results.Stream(await made.Content.ReadAsStreamAsync(ct), "application/zip", made.Content.Headers.ContentDisposition?.FileName?.Trim('"') ?? "luodi-evidence.zip");
                    if (attempt == Attempts || (int)made.StatusCode != StatusCodes.Status409Conflict) return await Passed(made, ct);
                    await timer.WaitForNextTickAsync(ct);
                }
            }
            catch (Exception away) when (away is HttpRequestException || (away is OperationCanceledException && !ct.IsCancellationRequested))
            {
                return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, type: "/problems/unavailable");
            }

            HttpRequestMessage Ask(string service, string path, JsonNode? body)
            {
                var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(new Uri(configuration[$"Luodi:Services:{service}"] ?? throw new InvalidOperationException($"Luodi:Services:{service} is not set.")), $"/api/{service}/{path}"));
                if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
                request.Headers.Authorization = http.User.Identity?.AuthenticationType == SessionCookie.Scheme ? new("Bearer", mint.For(http.User)) : AuthenticationHeaderValue.Parse(http.Request.Headers.Authorization.ToString());
                request.Headers.AcceptLanguage.TryParseAdd(System.Globalization.CultureInfo.CurrentUICulture.Name);
                return request;
            }
        })
        .RequireAuthorization(Policies.Examine)
        .ExcludeFromDescription();

    // What a service refuses it says itself.
    private static async Task<IResult> Passed(HttpResponseMessage answer, CancellationToken ct) =>
        Results.Content(await answer.Content.ReadAsStringAsync(ct), answer.Content.Headers.ContentType?.ToString() ?? "application/problem+json", Encoding.UTF8, (int)answer.StatusCode);
}
