using System.Net;
using static Microsoft.Playwright.Assertions;

namespace Luodi.Browser;

public sealed class FrontDoorTests(RunningLuodi luodi)
{
    [Fact]
    public async Task Without_a_token_the_service_answers_401()
    {
        using var answer = await luodi.Send(HttpMethod.Get, account: null, "reporting/ceremonies", body: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_address_of_no_service_is_a_problem_document()
    {
        using var answer = await luodi.Send(HttpMethod.Get, account: null, "nothing/here", body: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task While_Reporting_is_away_pages_say_so_and_heal_by_themselves()
    {
        await using var open = await Visit.Begin(luodi);
        await open.Open($"/ceremonies/{luodi.Ceremony}");
        await using var later = await Visit.Begin(luodi);
        await RunningLuodi.Run("deploy/down", "reporting");
        try
        {
            using (var answer = await luodi.Send(HttpMethod.Get, "auditor", "reporting/ceremonies", body: null))
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                answer.Headers.RetryAfter.ShouldNotBeNull();
            }
            await Expect(open.Page.Locator(".freshness .warning")).ToBeVisibleAsync();
            await Expect(open.Page.Locator("[data-figure=amount]")).ToBeVisibleAsync();
            await later.Open($"/ceremonies/{luodi.Ceremony}");
            await Expect(later.Page.Locator("[data-silence=Away]")).ToContainTextAsync("报表服务暂时没有应答");
        }
        finally
        {
            await RunningLuodi.Run("deploy/up", "reporting");
        }
        await Expect(later.Page.Locator("[data-figure=amount]")).ToBeVisibleAsync();
        await Expect(open.Page.Locator(".freshness .warning")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task While_the_database_is_away_whoever_is_signed_in_is_told_so_and_is_signed_in_once_it_is_back()
    {
        await using var visit = await Visit.Begin(luodi, expects: "503");
        // A page that is open already says of its list alone that it cannot be shown.
        await using var open = await Visit.Begin(luodi, expects: "503");
        await open.Open("/ceremonies");
        await RunningLuodi.Run("deploy/down", "postgres");
        try
        {
            // An account is remembered for a moment.
            await RunningLuodi.Until(async () => (await visit.Page.GotoAsync("/help"))!.Status is (int)HttpStatusCode.ServiceUnavailable);
            await Expect(visit.Page.Locator("[data-failure=Away]")).ToContainTextAsync("未作任何更改");
            await open.Page.Locator("#side a[href='/projects']").ClickAsync();
            await Expect(open.Page.Locator("[data-away]")).ToBeAttachedAsync();
            await Expect(open.Page.Locator("[data-silence=Away]")).ToBeVisibleAsync();
        }
        finally
        {
            await RunningLuodi.Run("deploy/up");
        }
        await visit.Open($"/ceremonies/{luodi.Ceremony}");
        await Expect(visit.Page.Locator("[data-figure=amount]")).ToBeVisibleAsync();
    }
}
