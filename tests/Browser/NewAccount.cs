using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Playwright;

namespace Luodi.Browser;

/// <summary>An account that belongs to one test.</summary>
internal sealed record NewAccount(Guid Id, string Login, string Password)
{
    /// <summary>The password that it chooses for itself.</summary>
    public const string Chosen = "a-new-long-secret-7";

    public static async Task<NewAccount> Open(RunningLuodi luodi, string name)
    {
        var login = $"{name}-{Guid.CreateVersion7().ToString("N")[^8..]}";
        var opened = await luodi.Post("sysadmin", "portal/accounts", new { login, name = "浏览器测试" });
        return new(opened.GetProperty("id").GetGuid(), login, opened.GetProperty("password").GetString()!);
    }

    /// <summary>Where the door asks for a password of their own.</summary>
    public static async Task ChoosePassword(IPage page)
    {
        await page.Locator("#new").FillAsync(Chosen);
        await page.Locator("#repeated").FillAsync(Chosen);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>What an authenticator app shows now: RFC 6238 with its usual defaults, SHA-1, 30 seconds, six digits.</summary>
    public static string Code(string key)
    {
        var bits = string.Concat(key.ToUpperInvariant().Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(place => Convert.ToByte(bits.Substring(place * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
        Array.Reverse(step);
#pragma warning disable CA5350 // The standard's own.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = ((hash[offset] & 0x7f) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
