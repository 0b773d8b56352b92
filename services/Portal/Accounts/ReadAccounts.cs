using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Relay;
using Marten;
using Microsoft.AspNetCore.Identity;

namespace Luodi.Portal.Accounts;

public static class ReadAccountsFeature
{
    private const int Limit = 200;

    public static void MapReadAccounts(this IEndpointRouteBuilder accounts)
    {
        accounts.MapGet("", async (IQuerySession session, UserManager<Credentials> users, TimeProvider clock, CancellationToken ct, string? q = null, string? role = null, bool? disabled = null, int skip = 0, int limit = 50) =>
        {
            IQueryable<Account> found = session.Query<Account>();
            if (q is not null) found = found.Where(account => account.Login.Contains(q) || account.Name.Contains(q));
            if (role is not null) found = found.Where(account => account.Roles.Contains(role));
            if (disabled is { } state) found = found.Where(account => account.Disabled == state);
            var total = await found.CountAsync(ct);
            var page = await found.OrderBy(account => account.Login).Skip(Math.Max(0, skip)).Take(Math.Clamp(limit, 1, Limit)).ToListAsync(ct);
            var ids = page.Select(account => account.Id).ToList();
            var credentials = users.Users.Where(each => ids.Contains(each.Id)).ToDictionary(each => each.Id);
            return new { items = page.Select(account => Show(account, credentials.GetValueOrDefault(account.Id), clock.GetUtcNow())), total };
        })
        .WithSummary("The accounts with their roles")
        .RequireAuthorization(Duties.ReadAccounts);

        accounts.MapGet("{id:guid}", async (Guid id, HttpContext http, IQuerySession session, UserManager<Credentials> users, TimeProvider clock, CancellationToken ct) =>
        {
            if (await session.LoadAsync<Account>(id, ct) is not { } account) return Problems.Of(new NotFound());
            http.Response.Headers.ETag = $"\"{account.Version}\"";
            return Results.Ok(Show(account, await users.FindByIdAsync(id.ToString()), clock.GetUtcNow()));
        })
        .WithSummary("One account")
        .RequireAuthorization(Duties.ReadAccounts);

        accounts.MapHistory(Duties.ReadAccounts);
    }

    private static object Show(Account account, Credentials? credentials, DateTimeOffset now) => new
    {
        account.Id,
        account.Login,
        account.Name,
        account.Department,
        account.Roles,
        account.Disabled,
        account.Demo,
        account.Version,
        lockedUntil = credentials?.LockoutEnd is { } end && end > now ? end : (DateTimeOffset?)null,
        secondFactor = credentials?.TwoFactorEnabled is true,
        mustChangePassword = credentials?.MustChangePassword is true,
    };
}
