using System.Net;
using Luodi.Client.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Deployment;

/// <summary>A client that works for longer than a token lives, or whose portal was away while it signed in.</summary>
public sealed class SignInAgainSpec
{
    [Fact]
    public async Task Whoever_got_no_token_and_whose_token_ran_out_signs_in_from_the_beginning()
    {
        var ct = TestContext.Current.CancellationToken;
        var (signedIn, asked) = (0, 0);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var portal = builder.Build();
        portal.Urls.Add("http://127.0.0.1:0");
        portal.MapGet("/connect/authorize", (HttpContext http) =>
            Results.Redirect(http.Request.Cookies.ContainsKey("session") ? "http://127.0.0.1/callback?code=c" : $"/sign-in?back={Uri.EscapeDataString($"{http.Request.Path}{http.Request.QueryString}")}"));
        portal.MapGet("/sign-in", () => Results.Text("""<input name="__RequestVerificationToken" type="hidden" value="v" />""", "text/html"));
        portal.MapPost("/door/password", async (HttpContext http) =>
        {
            signedIn++;
            http.Response.Cookies.Append("session", "s", new() { Path = "/" });
            return Results.Redirect((await http.Request.ReadFormAsync(ct))["back"]!);
        });
        portal.MapPost("/connect/token", () => ++asked == 1 ? Results.StatusCode(500) : Results.Json(new { access_token = $"token {asked}", expires_in = 0 }));
        await portal.StartAsync(ct);

        using var person = new Person(new Uri(portal.Urls.Single()), "staff", "secret", TimeProvider.System);
        (await Should.ThrowAsync<HttpRequestException>(person.TokenAsync(ct))).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await person.TokenAsync(ct)).ShouldBe("token 2");
        (await person.TokenAsync(ct)).ShouldBe("token 3");
        signedIn.ShouldBe(3);
    }
}
