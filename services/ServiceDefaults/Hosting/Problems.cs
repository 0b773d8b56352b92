using System.Globalization;
using System.Text.Json;
using Luodi.ServiceDefaults.Decisions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
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

    /// <summary>Whether a program asks and is told in a document: of the API, or for a token. Anybody else is told by a page.</summary>
    public static bool AreFor(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || http.Request.Path.StartsWithSegments("/connect/token", StringComparison.Ordinal);

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

    /// <summary>No text of PostgreSQL can hold a NUL, so nothing that is asked for with one exists. The server refuses one in a path by itself.</summary>
    public static void UseReadableAddresses(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) is not true) return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    /// <summary>Gives the framework's own problems (no token, no such address) a stable type and the reader's language.</summary>
    internal static void Translate(ProblemDetails problem)
    {
        if (problem.Type?.StartsWith("/problems/", StringComparison.Ordinal) is true) return;
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "en";
        (problem.Type, problem.Title) = problem.Status switch
        {
            400 => ("/problems/malformed", english ? "The request cannot be read." : "无法读取该请求。"),
            401 => ("/problems/unauthenticated", english ? "Sign in first: the request carries no valid token." : "请先登录：请求未携带有效令牌。"),
            403 => ("/problems/forbidden", english ? "Your role does not allow this." : "您的角色无权执行此操作。"),
            404 => ("/problems/not-found", english ? "There is no such record." : "没有该记录。"),
            405 => ("/problems/method-not-allowed", english ? "This address does not take that method." : "该地址不支持此方法。"),
            415 => ("/problems/unsupported-media-type", english ? "Send the body as application/json." : "请以 application/json 格式提交。"),
            _ => ("/problems/error", english ? "Something went wrong here. Nothing was changed." : "系统出现错误，未作任何更改。"),
        };
    }

    /// <summary>Not an error of this request, but of a part that is away or of a body that is no JSON. What is left is a bug.</summary>
    internal sealed class Handler(ILogger<Handler> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken ct)
        {
            // A page tells people in its own way.
            if (!AreFor(http)) return false;
            var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "en";
            var result = exception switch
            {
                BadHttpRequestException bad => Malformed(bad, english),
                UnavailableException or TimeoutRejectedException or BrokenCircuitException => Away(http, english),
                _ when DatabaseAway.Is(exception) => Away(http, english),
                _ => null,
            };
            if (result is null) return false;
            // A body that cannot be read is the caller's, and heard by the caller.
            if (exception is not BadHttpRequestException) log.LogWarning(exception, "{Method} {Path} answered with a problem", http.Request.Method, http.Request.Path);
            await result.ExecuteAsync(http);
            return true;
        }

        private static IResult Away(HttpContext http, bool english)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Results.Problem(
                title: english ? "A part of the system cannot be reached just now. Nothing was changed: try again in a moment." : "系统的某个部分暂时无法访问，未作任何更改，请稍后重试。",
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
