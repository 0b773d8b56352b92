using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;

namespace Luodi.Client.SignIn;

/// <summary>
/// Somebody who signs in at the portal as with a browser and is given a token: authorization code with PKCE (RFC 7636).
/// Where the account has a second factor it ends with a message: that is for people, not for scripts.
/// </summary>
internal sealed partial class Person : IDisposable
{
    private const string Client = "luodi-cli";
    private const string Callback = "http://127.0.0.1/callback";

    private readonly HttpClient http;
    private readonly string account;
    private readonly string password;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim gate = new(1, 1);
    private (string Token, DateTimeOffset Until) kept = ("", DateTimeOffset.MinValue);

    public Person(Uri portal, string account, string password, TimeProvider clock)
    {
        (this.account, this.password, this.clock) = (account, password, clock);
        // A proxy of the machine knows nothing of its loopback. Cookies are of one sign-in: with those of the last one the next would find itself signed in already.
        http = new HttpClient(new SocketsHttpHandler { UseProxy = !portal.IsLoopback, UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = portal };
    }

    /// <summary>The password of an account: a line <c>ACCOUNT=PASSWORD</c> of <c>LUODI_PASSWORDS</c>.</summary>
    public static string PasswordOf(string account) =>
        (Environment.GetEnvironmentVariable("LUODI_PASSWORDS") ?? "").Split('\n').Select(line => line.Split('=', 2)).FirstOrDefault(pair => pair[0] == account) is [_, var password]
            ? password
            : throw new ClientException($"LUODI_PASSWORDS has no line {account}=PASSWORD.", ClientException.WrongUse);

    /// <summary>A token that lives for at least a third of its time.</summary>
    public async Task<string> TokenAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (kept.Until > clock.GetUtcNow()) return kept.Token;
            var granted = await SignInAsync(ct);
            kept = (granted.AccessToken, clock.GetUtcNow() + (TimeSpan.FromSeconds(granted.ExpiresIn) * 2 / 3));
            return kept.Token;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        http.Dispose();
        gate.Dispose();
    }

    private async Task<Granted> SignInAsync(CancellationToken ct)
    {
        var cookies = new CookieContainer();
        var verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        var ask = $"connect/authorize?client_id={Client}&response_type=code&scope=luodi&code_challenge_method=S256" +
            $"&code_challenge={Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))}&redirect_uri={Uri.EscapeDataString(Callback)}";
        var door = await Follow(new HttpRequestMessage(HttpMethod.Get, ask), cookies, ct);
        using var page = await Send(new HttpRequestMessage(HttpMethod.Get, door), cookies, ct);
        var html = await page.Content.ReadAsStringAsync(ct);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["login"] = account,
            ["password"] = password,
            ["back"] = $"/{ask}",
            ["__RequestVerificationToken"] = AntiforgeryField().Match(html).Groups["token"].Value,
        });
        var next = await Follow(new HttpRequestMessage(HttpMethod.Post, "door/password") { Content = form }, cookies, ct);
        if (!next.OriginalString.StartsWith("/connect/", StringComparison.Ordinal))
        {
            throw new ClientException(next.OriginalString.StartsWith("/sign-in/", StringComparison.Ordinal)
                ? $"{account} has to sign in with a browser once: the portal asks for more than the password ({next.OriginalString.Split('?')[0]})."
                : $"{account} could not sign in: {next.OriginalString.Split("problem=")[^1].Split('&')[0]}.");
        }
        var back = await Follow(new HttpRequestMessage(HttpMethod.Get, next), cookies, ct);
        var code = Code().Match(back.OriginalString).Groups["code"].Value;
        using var exchange = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = Client,
            ["code"] = Uri.UnescapeDataString(code),
            ["code_verifier"] = verifier,
            ["redirect_uri"] = Callback,
        });
        using var answer = await Send(new HttpRequestMessage(HttpMethod.Post, "connect/token") { Content = exchange }, cookies, ct);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<Granted>(ct) ?? throw new ClientException("The portal answered without a token.");
    }

    private async Task<Uri> Follow(HttpRequestMessage request, CookieContainer cookies, CancellationToken ct)
    {
        using var answer = await Send(request, cookies, ct);
        if (answer.Headers.Location is { } location) return location;
        throw new HttpRequestException($"{request.Method} {request.RequestUri?.OriginalString.Split('?')[0]} was answered with {(int)answer.StatusCode}", inner: null, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, CookieContainer cookies, CancellationToken ct)
    {
        using (request)
        {
            if (cookies.GetCookieHeader(http.BaseAddress!) is { Length: > 0 } known) request.Headers.Add("Cookie", known);
            var answer = await http.SendAsync(request, ct);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set) cookies.SetCookies(http.BaseAddress!, cookie);
            }
            return answer;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" (?:type=\"hidden\" )?value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AntiforgeryField();

    [GeneratedRegex("[?&]code=(?<code>[^&]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    private sealed record Granted([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
