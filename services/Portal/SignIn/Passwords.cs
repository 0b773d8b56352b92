using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Luodi.Portal.SignIn;

/// <summary>Passwords that an administrator gives out. They stand in one answer and nowhere else.</summary>
public sealed class Passwords(UserManager<Credentials> users)
{
    // Nothing that is mistaken for something else when read out.
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>After an account was opened, its first password, told in the answer.</summary>
    public async Task<IResult> TellFirst(IResult result, string login)
    {
        if (Accounts.Accepted.StatusOf(result) is null) return result;
        var account = Accounts.Accepted.IdOf(result);
        // A repeated request gets its first answer again, without the password: nobody keeps that. A first try that ended before one was set told none.
        return await users.FindByIdAsync(account.ToString()) is { PasswordHash: not null } ? result : await TellAfter(result, account, login);
    }

    /// <summary>After a command that was accepted, a new password, told in its answer.</summary>
    public async Task<IResult> TellAfter(IResult result, Guid account, string login)
    {
        if (Accounts.Accepted.StatusOf(result) is not { } status) return result;
        var password = Make();
        await Set(account, login, password, mustChange: true);
        return Results.Json(new { id = account, login, password }, statusCode: status);
    }

    /// <summary>Sets it, whatever it was; lifts a lock-out.</summary>
    public async Task Set(Guid account, string login, string password, bool mustChange)
    {
        if (await users.FindByIdAsync(account.ToString()) is not { } credentials)
        {
            credentials = new Credentials { Id = account, UserName = login, LockoutEnabled = true };
            Demand(await users.CreateAsync(credentials));
        }
        credentials.PasswordHash = users.PasswordHasher.HashPassword(credentials, password);
        (credentials.MustChangePassword, credentials.LockoutEnd, credentials.AccessFailedCount) = (mustChange, null, 0);
        Demand(await users.UpdateSecurityStampAsync(credentials));
    }

    public async Task ForgetFactor(Guid account)
    {
        if (await users.FindByIdAsync(account.ToString()) is not { } credentials) return;
        Demand(await users.SetTwoFactorEnabledAsync(credentials, enabled: false));
        Demand(await users.ResetAuthenticatorKeyAsync(credentials));
    }

    public static string Make() => $"{RandomNumberGenerator.GetString(Letters, 5)}-{RandomNumberGenerator.GetString(Letters, 5)}-{RandomNumberGenerator.GetString(Letters, 5)}-{RandomNumberGenerator.GetInt32(10)}a";

    private static void Demand(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
    }
}
