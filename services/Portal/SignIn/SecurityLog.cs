using Luodi.Portal.Accounts;
using Luodi.ServiceDefaults.Hosting;
using Marten;

namespace Luodi.Portal.SignIn;

/// <summary>Who came or wanted to come in, when, from where, with what. No secrets, and of a login that is none only that it was one.</summary>
/// <param name="At">UTC.</param>
/// <param name="What">One of <see cref="SecurityEvents"/>.</param>
/// <param name="Login">The account; null where there is no such account (people type passwords into the wrong field).</param>
/// <param name="From">The address that the request came from.</param>
/// <param name="Factor">What was shown: <c>pwd</c>, <c>pwd mfa</c>, <c>external</c>.</param>
public sealed record SecurityEntry(Guid Id, DateTimeOffset At, string What, string? Login, string From, string? Factor, string? Agent);

public static class SecurityEvents
{
    public const string SignedIn = "signed-in";
    public const string SignedOut = "signed-out";
    public const string WrongPassword = "wrong-password";
    public const string WrongCode = "wrong-code";
    public const string LockedOut = "locked-out";
    public const string AccountDisabled = "account-disabled";
    public const string UnknownLogin = "unknown-login";
    public const string PasswordChanged = "password-changed";
    public const string FactorSetUp = "second-factor-set-up";
    public const string ExternalRefused = "external-refused";
    public const string TokenIssued = "token-issued";

    public static IReadOnlyList<string> All { get; } =
        [SignedIn, SignedOut, WrongPassword, WrongCode, LockedOut, AccountDisabled, UnknownLogin, PasswordChanged, FactorSetUp, ExternalRefused, TokenIssued];
}

public sealed class SecurityLog(IDocumentStore store, Retention retention, TimeProvider clock)
{
    public async Task Write(HttpContext http, string what, string? login, string? factor = null)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        await using var session = store.LightweightSession();
        session.Insert(new SecurityEntry(Guid.CreateVersion7(), clock.GetUtcNow(), what, login, http.Connection.RemoteIpAddress?.ToString() ?? "", factor, agent.Length > 200 ? agent[..200] : agent));
        var forgotten = retention.Before(clock.GetUtcNow());
        session.DeleteWhere<SecurityEntry>(old => old.At < forgotten);
        // Written even when the browser has gone.
        await session.SaveChangesAsync(CancellationToken.None);
    }
}

public static class ReadSecurityLogFeature
{
    private const int Limit = 200;

    public static void MapReadSecurityLog(this IEndpointRouteBuilder portal) => portal
        .MapGet("security-log", async (IQuerySession session, CancellationToken ct, string? login = null, string? what = null, DateTimeOffset? from = null, DateTimeOffset? to = null, int skip = 0, int limit = 50) =>
        {
            IQueryable<SecurityEntry> found = session.Query<SecurityEntry>();
            if (login is not null) found = found.Where(entry => entry.Login == login);
            if (what is not null) found = found.Where(entry => entry.What == what);
            if (from is { } since) found = found.Where(entry => entry.At >= since);
            if (to is { } until) found = found.Where(entry => entry.At < until);
            var total = await found.CountAsync(ct);
            var items = await found.OrderByDescending(entry => entry.At).Skip(Math.Max(0, skip)).Take(Math.Clamp(limit, 1, Limit)).ToListAsync(ct);
            return new { items, total };
        })
        .WithSummary("Sign-ins, refusals and the factor used; newest first")
        .RequireAuthorization(Duties.SecurityLog);
}
