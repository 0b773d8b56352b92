using Luodi.Contracts.Portal;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Decisions;

namespace Luodi.Portal.Accounts;

public sealed record GiveReason(string? Reason);

public static class DisableAccountFeature
{
    public sealed record AccountIsDisabled() : Refusal("The account is disabled already.");

    public sealed record AccountIsEnabled() : Refusal("The account is not disabled.");

    public static void MapDisableAccount(this IEndpointRouteBuilder accounts)
    {
        accounts.MapPost("{id:guid}/disable", (Guid id, GiveReason command, HttpContext http, Deciding<Account> account, Sessions sessions, CancellationToken ct) =>
            sessions.EndAfter(account.Decide(id, state => Disable(state, command, Acting.Of(http).Actor), ct), id, ct))
            .WithSummary("Ends the account's sessions and open pages within seconds; nobody signs in with it any more")
            .RequireAuthorization(Duties.SystemAdministration);

        accounts.MapPost("{id:guid}/enable", (Guid id, GiveReason command, HttpContext http, Deciding<Account> account, CancellationToken ct) =>
            account.Decide(id, state => Enable(state, command, Acting.Of(http).Actor), ct))
            .WithSummary("Lets the account sign in again")
            .RequireAuthorization(Duties.SystemAdministration);
    }

    public static Decision Disable(Account account, GiveReason command, string actor)
    {
        if (Fields.Text(command.Reason, "reason") is { } wrong) return wrong;
        if (account.Login == actor) return new GrantRoleFeature.OwnAccount();
        return account.Disabled ? new AccountIsDisabled() : Decision.Accept(new AccountDisabled(account.Id)).Because(command.Reason!.Trim());
    }

    public static Decision Enable(Account account, GiveReason command, string actor)
    {
        if (Fields.Text(command.Reason, "reason") is { } wrong) return wrong;
        if (account.Login == actor) return new GrantRoleFeature.OwnAccount();
        return account.Disabled ? Decision.Accept(new AccountEnabled(account.Id)).Because(command.Reason!.Trim()) : new AccountIsEnabled();
    }
}
