using System.Net;

namespace Luodi.SystemTests.Faults;

/// <summary>Signing in with an account of another house; the portal is started again with its address, so nothing else runs beside it.</summary>
[Collection(nameof(OneFaultAtATime))]
public sealed class ExternalProviderTests : IAsyncLifetime
{
    private OtherHouse _house = null!;

    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync()
    {
        await Site.Mend();
        _house = await OtherHouse.Open();
        await Site.Restart("portal", ("Auth__External__Authority", _house.Address.ToString()), ("Auth__External__ClientId", OtherHouse.ClientId),
            ("Auth__External__ClientSecret", OtherHouse.ClientSecret), ("Auth__External__Name", "政务统一身份"), ("Auth__External__AllowHttp", "true"));
    }

    public async ValueTask DisposeAsync()
    {
        await Site.Restart("portal");
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task Whom_the_other_house_knows_comes_in_as_the_account_of_that_name()
    {
        using var browser = new Walk();
        (await browser.To("sign-in")).Text.ShouldContain("政务统一身份");

        _house.Login = "manager";
        var page = await browser.To("door/external?back=/agreements");
        page.At.ShouldBe("/agreements");
        page.Text.ShouldContain("data-account=\"manager\"");
        await SecurityLogSays("manager", "signed-in", "external");

        using var stranger = new Walk();
        _house.Login = "nobody-here";
        (await stranger.To("door/external")).At.ShouldBe("/sign-in?problem=external-unknown&back=%2F");

        using var refused = new Walk();
        _house.Login = null;
        (await refused.To("door/external")).At.ShouldBe("/sign-in?problem=external");
        (await refused.To("agreements")).At.ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task A_second_factor_that_a_role_demands_is_shown_here_unless_it_was_shown_there()
    {
        (await Site.As("secadmin").Post("api/portal/second-factor/demand", new { role = "auditor" })).Must(200);
        try
        {
            _house.Login = "auditor";
            using var browser = new Walk();
            (await browser.To("door/external")).At.ShouldBe("/sign-in/set-up-factor");

            _house.Factors = ["pwd", "mfa"];
            using var again = new Walk();
            (await again.To("door/external?back=/history")).At.ShouldBe("/history");
            await SecurityLogSays("auditor", "signed-in", "external mfa");
        }
        finally
        {
            (await Site.As("secadmin").Post("api/portal/second-factor/waive", new { role = "auditor" })).Must(200);
        }
    }

    private static async Task SecurityLogSays(string login, string what, string factor)
    {
        var latest = (await Site.As("secadmin").Get($"api/portal/security-log?login={login}&what={what}&limit=1")).Must(200).Items[0];
        latest.Text("factor").ShouldBe(factor);
    }

    /// <summary>A browser without a window: keeps cookies, follows every redirect.</summary>
    private sealed class Walk : IDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, CookieContainer = new CookieContainer(), AllowAutoRedirect = true });

        public async Task<(string At, string Text)> To(string path)
        {
            using var answer = await _http.GetAsync(new Uri(Site.Portal, path), TestContext.Current.CancellationToken);
            var at = answer.RequestMessage!.RequestUri!;
            at.Authority.ShouldBe(Site.Portal.Authority, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return (at.PathAndQuery, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }

        public void Dispose() => _http.Dispose();
    }
}
