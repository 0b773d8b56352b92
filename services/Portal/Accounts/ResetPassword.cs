using Luodi.Contracts.Portal;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Decisions;

namespace Luodi.Portal.Accounts;

public static class ResetPasswordFeature
{
    public static void MapResetPassword(this IEndpointRouteBuilder accounts)
    {
        accounts.MapPost("{id:guid}/reset-password", async (Guid id, GiveReason command, HttpContext http, Deciding<Account> account, Passwords passwords, Sessions sessions, CancellationToken ct) =>
        {
            var login = "";
            var result = await sessions.EndAfter(account.Decide(id, state =>
            {
                login = state.Login;
                return Decide(state, command, Acting.Of(http).Actor);
            }, ct), id, ct);
            return await passwords.TellAfter(result, id, login);
        })
        .WithSummary("Gives out a new password, told once in the answer and to be changed at the next sign-in; ends the account's sessions")
        .RequireAuthorization(Duties.SystemAdministration);

        accounts.MapPost("{id:guid}/reset-second-factor", async (Guid id, GiveReason command, HttpContext http, Deciding<Account> account, Passwords passwords, Sessions sessions, CancellationToken ct) =>
        {
            var result = await sessions.EndAfter(account.Decide(id, state => DecideFactor(state, command, Acting.Of(http).Actor), ct), id, ct);
            if (Accepted.StatusOf(result) is not null) await passwords.ForgetFactor(id);
            return result;
        })
        .WithSummary("Takes the second factor off, so that the person can set up another; ends the account's sessions")
        .RequireAuthorization(Duties.SecurityAdministration);
    }

    public static Decision Decide(Account account, GiveReason command, string actor) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        // One's own password is changed with the old one.
        : account.Login == actor ? new GrantRoleFeature.OwnAccount()
        : Decision.Accept(new PasswordReset(account.Id)).Because(command.Reason!.Trim());

    public static Decision DecideFactor(Account account, GiveReason command, string actor) =>
        Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : account.Login == actor ? new GrantRoleFeature.OwnAccount()
        : Decision.Accept(new SecondFactorReset(account.Id)).Because(command.Reason!.Trim());
}
