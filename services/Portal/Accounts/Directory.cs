using System.Collections.Concurrent;
using Luodi.Contracts.Portal;
using Marten;

namespace Luodi.Portal.Accounts;

/// <summary>Who has an account, read at every request and remembered for two seconds.</summary>
public sealed class Directory(IDocumentStore store, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, (Account? Account, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    public async Task<Account?> Find(string login, CancellationToken ct)
    {
        if (_known.TryGetValue(login, out var known) && known.Until > clock.GetUtcNow()) return known.Account;
        await using var session = store.QuerySession();
        var account = await session.Query<Account>().FirstOrDefaultAsync(found => found.Login == login, ct);
        _known[login] = (account, clock.GetUtcNow() + Remembered);
        return account;
    }

    public async Task<Account?> Find(Guid id, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<Account>(id, ct);
    }

    /// <summary>Who may have a project of the department; of any, where it has none.</summary>
    public async Task<IReadOnlyList<Account>> Staff(string? department)
    {
        await using var session = store.QuerySession();
        var accounts = await session.Query<Account>().Where(account => !account.Disabled).OrderBy(account => account.Login).ToListAsync();
        return [.. accounts.Where(account => account.Roles.Contains(Roles.Staff) && (department is null || account.Department == department))];
    }

    public void Forget() => _known.Clear();
}
