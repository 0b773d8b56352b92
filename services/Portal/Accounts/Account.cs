using JasperFx.Events;
using Luodi.Contracts.Portal;
using Marten.Events.Aggregation;

namespace Luodi.Portal.Accounts;

/// <summary>Who somebody is to Luodi and what they may do. Their password is kept apart, as <see cref="SignIn.Credentials"/>.</summary>
/// <param name="Login">The <c>sub</c> of their tokens.</param>
/// <param name="Department">The code of a department; staff have one.</param>
public sealed record Account(Guid Id, string Login, string Name, string? Department, IReadOnlyList<string> Roles, bool Disabled, bool Demo, long Version)
{
    public bool Is(string role) => Roles.Contains(role, StringComparer.Ordinal);
}

public static class AccountHistory
{
    public static Account? Evolve(Account? account, object fact) => (account, fact) switch
    {
        (null, AccountOpened e) => new(e.AccountId, e.Login, e.Name, e.Department, [], Disabled: false, e.Demo, 0),
        ({ } a, RoleGranted e) => a with { Roles = [.. a.Roles, e.Role] },
        ({ } a, RoleRevoked e) => a with { Roles = [.. a.Roles.Where(role => role != e.Role)] },
        ({ } a, DepartmentAssigned e) => a with { Department = e.Department },
        ({ } a, AccountDisabled) => a with { Disabled = true },
        ({ } a, AccountEnabled) => a with { Disabled = false },
        _ => account,
    };
}

public sealed partial class AccountProjection : SingleStreamProjection<Account, Guid>
{
    public override Account? Evolve(Account? snapshot, Guid id, IEvent e) => AccountHistory.Evolve(snapshot, e.Data) is { } account ? account with { Version = e.Version } : null;
}
