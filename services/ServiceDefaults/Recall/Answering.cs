using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Http;

namespace Luodi.ServiceDefaults.Recall;

public static class Answering
{
    /// <summary>200 with the version for <c>If-Match</c>; 404 where there is none.</summary>
    public static IResult Answer<T>(this HttpContext http, T? record, Func<T, long> versionOf) where T : class
    {
        if (record is null) return Problems.Of(new NotFound());
        http.Response.Headers.ETag = $"\"{versionOf(record)}\"";
        return Results.Ok(record);
    }
}
