using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Luodi.Client;
using Luodi.Client.Api;
using Luodi.Client.Import;
using Luodi.Client.Workbook;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Deployment;

/// <summary>A workbook of which some projects look like others on file.</summary>
public sealed class ImportingSpec
{
    private readonly ConcurrentQueue<(string Path, string Key, JsonNode Body)> _asked = [];

    [Fact]
    public async Task Rows_that_are_refused_are_named_at_the_end_and_the_others_go_on()
    {
        var refused = await Should.ThrowAsync<ClientException>(() => Import(another: null));
        refused.ExitCode.ShouldBe(ClientException.Failed);
        refused.Message.ShouldStartWith("3 of 12 rows were refused, the others are imported as import-");
        refused.Message.Split('\n').Skip(1).Select(line => line.Trim().Split(':')[0]).ShouldBe(["row 2 (N-2)", "row 5 (N-5)", "row 11 (N-11)"]);
        refused.Message.ShouldContain("There is a record like it.");
        _asked.Count(each => each.Path.EndsWith("/confirm", StringComparison.Ordinal)).ShouldBe(9);
    }

    [Fact]
    public async Task With_a_reason_all_are_imported_and_only_those_that_look_like_another_carry_it()
    {
        (await Import(another: null).ContinueWith(run => run.IsFaulted, TaskScheduler.Default)).ShouldBeTrue();
        var before = _asked.Where(each => each.Path == "/api/projects").ToDictionary(each => each.Key, each => each.Body.ToJsonString());
        _asked.Clear();
        (await Import("another plant")).Projects.ShouldAllBe(project => project != Guid.Empty);
        var projects = _asked.Where(each => each.Path == "/api/projects").ToList();
        projects.Where(each => each.Body["another"] is not null).Select(each => $"{each.Body["name"]}").Order().ShouldBe(["P11", "P2", "P5"]);
        // A key that was sent before stands for what was sent with it then.
        projects.Where(each => before.ContainsKey(each.Key)).ShouldAllBe(each => before[each.Key] == each.Body.ToJsonString());
        before.Keys.ShouldBeSubsetOf(projects.Select(each => each.Key));
        projects.Select(each => each.Key).ShouldBeUnique();
    }

    private async Task<(Guid Ceremony, IReadOnlyList<Guid> Projects)> Import(string? another)
    {
        var ct = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var portal = builder.Build();
        portal.Urls.Add("http://127.0.0.1:0");
        portal.MapGet("/connect/authorize", (HttpContext http) =>
            Results.Redirect(http.Request.Headers.Cookie.Count > 0 ? "http://127.0.0.1/callback?code=c" : $"/sign-in?back={Uri.EscapeDataString($"{http.Request.Path}{http.Request.QueryString}")}"));
        portal.MapGet("/sign-in", () => Results.Text("""<input name="__RequestVerificationToken" type="hidden" value="v" />""", "text/html"));
        portal.MapPost("/door/password", async (HttpContext http) =>
        {
            http.Response.Cookies.Append("session", "s", new() { Path = "/" });
            return Results.Redirect((await http.Request.ReadFormAsync(ct))["back"]!);
        });
        portal.MapPost("/connect/token", () => Results.Json(new { access_token = "token", expires_in = 600 }));
        portal.MapPost("/api/{**path}", async (HttpContext http) =>
        {
            var (path, body) = (http.Request.Path.Value!, (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: ct))!);
            _asked.Enqueue((path, http.Request.Headers["Idempotency-Key"].ToString(), body));
            return path is "/api/projects" && $"{body["name"]}" is "P2" or "P5" or "P11" && body["another"] is null
                ? Results.Problem("There is a record like it.", statusCode: StatusCodes.Status409Conflict)
                : Results.Json(new { id = Guid.CreateVersion7(), contradictions = Array.Empty<string>() });
        });
        await portal.StartAsync(ct);
        Environment.SetEnvironmentVariable("LUODI_PASSWORDS", "staff=secret\nstaff2=secret");
        var patience = new Patience(TimeProvider.System, _ => { });
        using var staff = new LuodiApi(new Uri(portal.Urls.Single()), "staff", patience);
        using var staff2 = new LuodiApi(new Uri(portal.Urls.Single()), "staff2", patience);
        var rows = Enumerable.Range(1, 12).Select(nth => new WorkbookRow(nth, $"N-{nth}", $"P{nth}", "Investor", "Counterparty", "other", 1_000_000, new(2026, 11, 27), Illustrative: true));
        return await new Importing(staff, staff2, _ => { }, another).ImportAsync(new("Ceremony", new(2026, 11, 27), [.. rows]), ct);
    }
}
