using System.Text.RegularExpressions;
using Luodi.Contracts.Portal;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Decisions;

namespace Luodi.Portal.Accounts;

/// <param name="Login">2 to 32 small letters, digits, dots and hyphens, a letter first.</param>
/// <param name="Department">The code of a department; staff need one.</param>
public sealed record OpenAccount(string? Login, string? Name, string? Department);

public static partial class OpenAccountFeature
{
    public sealed record LoginMalformed() : Refusal("A login has 2 to 32 small letters, digits, dots and hyphens, and begins with a letter.", "login");

    public sealed record LoginTaken() : Refusal("This login is taken, or belonged to somebody before.", "login");

    public sealed record DepartmentUnknown() : Refusal("There is no such department in the dictionary.", "department");

    public static void MapOpenAccount(this IEndpointRouteBuilder accounts) => accounts
        .MapPost("", async (OpenAccount command, Deciding<Account> account, Passwords passwords, CancellationToken ct) =>
            await passwords.TellFirst(
                await account.Start(async (id, facts) => Decide(id, command, await Terms.Find(facts, TermKinds.Department, command.Department)), ct), command.Login?.Trim() ?? ""))
        .WithSummary("Opens an account without roles; the answer tells its first password, once")
        .RequireAuthorization(Duties.SystemAdministration);

    public static Decision Decide(Guid id, OpenAccount command, Term? department)
    {
        var wrong = Check.All(
            WellFormed(command.Login),
            Fields.Text(command.Name, "name"),
            Offered(command.Department, department));
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new AccountOpened(id, command.Login!.Trim(), command.Name!.Trim(), command.Department, Demo: false))
                .Reserving(KeyOf(command.Login.Trim()), new LoginTaken());
    }

    /// <summary>The same for people and programs.</summary>
    internal static Refusal? WellFormed(string? login) =>
        string.IsNullOrWhiteSpace(login) ? new Missing("login") : Login().IsMatch(login.Trim()) ? null : new LoginMalformed();

    /// <param name="department">What the dictionary has under the code.</param>
    internal static Refusal? Offered(string? code, Term? department) => code is not null && department is null or { Retired: true } ? new DepartmentUnknown() : null;

    /// <summary>Held for ever: an actor of history is one person.</summary>
    public static string KeyOf(string login) => $"login {login}";

    [GeneratedRegex("^[a-z][a-z0-9.-]{1,31}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Login();
}
