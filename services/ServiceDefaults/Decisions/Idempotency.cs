using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Luodi.ServiceDefaults.Decisions;

/// <summary>The first answer to a request with an <c>Idempotency-Key</c>, kept in the transaction of what it answered.</summary>
/// <param name="Id">The actor and the key: nobody gets another's answer.</param>
/// <param name="Request">SHA-256 of method, path and body.</param>
/// <param name="Body">JSON.</param>
public sealed record FirstAnswer(string Id, string Request, int Status, string? Location, string Body, long Version);

/// <summary>The <c>Idempotency-Key</c> of a request (draft-ietf-httpapi-idempotency-key-header).</summary>
public static class Idempotency
{
    public const string Header = "Idempotency-Key";
    private static readonly object Request = new();

    /// <summary>The digest of this request, null where it carries no key.</summary>
    public static string? DigestOf(HttpContext http) => http.Items[Request] as string;

    /// <summary>Hashes the body of a request with a key before an endpoint reads it.</summary>
    public static IApplicationBuilder UseIdempotency(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Request.Headers.ContainsKey(Header))
        {
            http.Request.EnableBuffering();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"));
            var buffer = new byte[8192];
            for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;) hash.AppendData(buffer, 0, read);
            http.Request.Body.Position = 0;
            http.Items[Request] = Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        await next(http);
    });
}
