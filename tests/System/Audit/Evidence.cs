using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Audit;

/// <summary>An evidence pack, and the program that checks it, in a folder of the auditor's.</summary>
internal static class Evidence
{
    private static Site Site => Site.Here;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Whom the auditor trusts, and what the witness has seen of the log.</summary>
    public static async Task Pin(string folder)
    {
        var witness = new Uri($"http://127.0.0.1:{Site.Port + 15}/");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var logs = (await Site.With(null).Get("api/audit/log/keys")).Must(200).Text.Trim().Split('\n');
        var key = (await http.GetStringAsync(witness, Ct)).Trim().Split('\n')[^1];
        await File.WriteAllTextAsync(Path.Combine(folder, "policy"), $"{string.Concat(logs.Select(log => $"log {log}\n"))}witness w {key}\nquorum w\n", Ct);
        var origin = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("luodi/nanhu")));
        await Eventually(async () => await File.WriteAllBytesAsync(Path.Combine(folder, "pinned"), await http.GetByteArrayAsync(new Uri(witness, $"{origin}/checkpoint"), Ct), Ct));
    }

    /// <summary>What luodi-verify says of the folder's <c>pack.zip</c>, where it ends with this code.</summary>
    public static async Task<string> Verify(string folder, int code)
    {
        string At(string file) => Path.Combine(folder, file);
        using var process = Site.Start("dotnet", [Site.Program("Verify"), At("pack.zip"), "--policy", At("policy"), "--checkpoint", At("pinned"), "--lang", "en"]);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        process.ExitCode.ShouldBe(code, $"{await output}\n{await errors}");
        return await output;
    }

    /// <summary>A pack as the auditor gets it.</summary>
    public static async Task<byte[]> Bytes(string path, JsonNode? body = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(Site.Portal, path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", Tokens.Of(Site, "auditor"));
        using var answer = await http.SendAsync(request, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/zip");
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }
}
