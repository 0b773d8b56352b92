using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Luodi.SystemTests.Faults;

/// <summary>The keys that sign tokens change while everything runs.</summary>
[Collection(nameof(OneFaultAtATime))]
public sealed class KeysTests : IAsyncLifetime
{
    // One that asks for keys at the portal, and the portal itself.
    private static readonly string[] Doors = ["api/funds?limit=1", "api/portal/terms"];

    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync()
    {
        await Site.Mend();
        await Site.Restart("funds", ("Auth__KeysAskedEvery", "00:00:02"));
    }

    // Here keys changed within seconds and not within weeks, and only Funds asks as often: the next test begins when every service has asked.
    public async ValueTask DisposeAsync()
    {
        await Site.Restart("funds");
        using var http = new HttpClient();
        var token = await Token(http);
        foreach (var door in (string[])["api/funds?limit=1", "api/projects?limit=1", "api/signings/agreements?limit=1", "api/reporting/overview"])
        {
            await Eventually(async () => (await Site.With(token).Get(door)).Must(200));
        }
    }

    [Fact]
    public async Task A_new_key_refuses_nobody_neither_before_nor_after_it_is_used()
    {
        using var http = new HttpClient();
        var old = await Token(http);
        // Twice: the second change comes while services have just asked for keys because of the first.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var before = KeyOf(await Token(http));
            await Site.RotateKeys(TimeSpan.FromSeconds(7));
            List<string> faults = [];
            await Eventually(async () =>
            {
                var token = await Token(http);
                if (!(await Published(http)).Contains(KeyOf(token))) faults.Add($"{KeyOf(token)} is used and not published");
                foreach (var bearer in new[] { old, token })
                {
                    foreach (var door in Doors)
                    {
                        if (await Site.With(bearer).Get(door) is { Status: not 200 } answer) faults.Add(answer.ToString());
                    }
                }
                KeyOf(token).ShouldNotBe(before);
            });
            faults.ShouldBeEmpty();
        }
    }

    private static async Task<string> Token(HttpClient http)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "signings"), new("client_secret", Site.Password("client-signings"))]);
        using var answer = await http.PostAsync(new Uri(Site.Portal, "connect/token"), form, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["access_token"]!.GetValue<string>();
    }

    private static async Task<HashSet<string>> Published(HttpClient http) =>
        [.. (await http.GetFromJsonAsync<JsonObject>(new Uri(Site.Portal, ".well-known/jwks"), TestContext.Current.CancellationToken))!["keys"]!.AsArray().Select(key => key!["kid"]!.GetValue<string>())];

    private static string KeyOf(string token) => new JsonWebToken(token).Kid;
}
