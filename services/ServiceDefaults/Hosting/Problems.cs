using System.Globalization;
using System.Text.Json;
using Luodi.ServiceDefaults.Decisions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Luodi.ServiceDefaults.Hosting;

/// <summary>Another part that a command needs cannot be asked just now: 503, nothing was done.</summary>
public sealed class UnavailableException(string part, Exception? inner = null) : Exception($"{part} cannot be reached.", inner)
{
    /// <summary>What cannot be reached.</summary>
    public string Part { get; } = part;
}

/// <summary>Problem documents (RFC 9457): what happened, field by field, in the reader's language.</summary>
public static class Problems
{
    public const int RetryAfterSeconds = 2;

    public static IResult Of(params IReadOnlyList<Refusal> refusals)
    {
        var culture = CultureInfo.CurrentUICulture;
        var single = refusals.Count == 1;
        return Results.Problem(
            title: single ? refusals[0].Text(culture) : culture.TwoLetterISOLanguageName is "en" ? "Some fields need correction." : "部分字段需要更正。",
            type: single ? refusals[0].Type : "/problems/invalid-fields",
            statusCode: refusals.Max(refusal => refusal.Status),
            extensions: refusals.Any(refusal => refusal.Field is not null)
                ? new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["errors"] = refusals.Where(refusal => refusal.Field is not null).GroupBy(refusal => refusal.Field!, StringComparer.Ordinal)
                        .ToDictionary(group => group.Key, group => group.Select(refusal => refusal.Text(culture)).ToArray(), StringComparer.Ordinal),
                }
                : null);
    }

    /// <summary>Not an error of this request, but of a part that is away or of a body that is no JSON. What is left is a bug.</summary>
    internal sealed class Handler(ILogger<Handler> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken ct)
        {
            var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "en";
            var result = exception switch
            {
                BadHttpRequestException bad => Malformed(bad, english),
                UnavailableException or NpgsqlException or TimeoutRejectedException or BrokenCircuitException => Away(http, english),
                _ when exception.InnerException is NpgsqlException => Away(http, english),
                _ => null,
            };
            if (result is null) return false;
            log.LogWarning(exception, "{Method} {Path} answered with a problem", http.Request.Method, http.Request.Path);
            await result.ExecuteAsync(http);
            return true;
        }

        private static IResult Away(HttpContext http, bool english)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Results.Problem(
                title: english ? "A part of the system cannot be reached just now. Nothing was changed: try again in a moment." : "系统的某个部分暂时无法访问,未作任何更改,请稍后重试。",
                type: "/problems/unavailable", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        private static IResult Malformed(BadHttpRequestException bad, bool english)
        {
            var path = (bad.InnerException as JsonException)?.Path?.TrimStart('$', '.');
            var text = english ? "This is not of the expected form." : "格式不正确。";
            return Results.Problem(
                title: english ? "The request cannot be read." : "无法读取该请求。", type: "/problems/malformed",
                statusCode: bad.StatusCode is >= 400 and < 500 ? bad.StatusCode : 400,
                extensions: string.IsNullOrEmpty(path) ? null : new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal) { [path] = [text] },
                });
        }
    }
}
