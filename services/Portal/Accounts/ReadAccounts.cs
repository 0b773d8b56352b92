using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Relay;
using Marten;
using Microsoft.AspNetCore.Identity;

namespace Luodi.Portal.Accounts;

public static class ReadAccountsFeature
{
    private const int Limit = 500;

    public static void MapReadAccounts(this IEndpointRouteBuilder accounts)
    {
        accounts.MapGet("", async (IQuerySession session, UserManager<Credentials> users, TimeProvider clock, CancellationToken ct, string? q = null) =>
        {
            var all = await session.Query<Account>().Where(account => q == null || account.Login.Contains(q) || account.Name.Contains(q)).OrderBy(account => account.Login).Take(Limit).ToListAsync(ct);
            var credentials = users.Users.ToDictionary(each => each.Id);
            return new
            {
                items = all.Select(account => credentials.GetValueOrDefault(account.Id) is var shown && true ? new
                {
                    account.Id, account.Login, account.Name, account.Department, account.Roles, account.Disabled, account.Demo, account.Version,
                    lockedUntil = shown?.LockoutEnd is { } end && end > clock.GetUtcNow() ? end : (DateTimeOffset?)null,
                    secondFactor = shown?.TwoFactorEnabled is true,
                    mustChangePassword = shown?.MustChangePassword is true,
                } : null),
                total = await session.Query<Account>().CountAsync(ct),
            };
        })
        .WithSummary("The accounts with their roles")
        .RequireAuthorization(Duties.ReadAccounts);

        accounts.MapGet("{id:guid}", async (Guid id, HttpContext http, IQuerySession session, CancellationToken ct) =>
        {
            if (await session.LoadAsync<Account>(id, ct) is not { } account) return Problems.Of(new NotFound());
            http.Response.Headers.ETag = $"\"{account.Version}\"";
            return Results.Ok(account);
        })
        .WithSummary("One account")
        .RequireAuthorization(Duties.ReadAccounts);

        accounts.MapGet("{id:guid}/history", async (Guid id, PageReader pages, CancellationToken ct, long after = 0) =>
        {
            var items = await pages.History(id, after, Limit, ct);
            return items.Count > 0 || after > 0 ? Results.Ok(new { items }) : Problems.Of(new NotFound());
        })
        .WithSummary("What happened to the account: who, when, what, why")
        .RequireAuthorization(Duties.ReadAccounts);
    }
}
