using System.Linq.Expressions;
using Marten;

namespace Luodi.Reporting.Journal;

/// <summary>What the ledger remembers of records to post their next events: in its store, or all of it in memory while a ledger is made anew.</summary>
internal interface IAccounts
{
    Task<IReadOnlyList<T>> Load<T>(Guid[] ids, CancellationToken ct) where T : notnull;

    /// <summary>Those that belong to one of the owners.</summary>
    /// <param name="owner">The property of an account that names its owner.</param>
    Task<IReadOnlyList<T>> Of<T>(Guid[] owners, Expression<Func<T, Guid>> owner, CancellationToken ct) where T : notnull;

    void Keep(IReadOnlyList<(Guid Id, object Account)> changed);
}

internal sealed class StoredAccounts(IDocumentSession session) : IAccounts
{
    public Task<IReadOnlyList<T>> Load<T>(Guid[] ids, CancellationToken ct) where T : notnull => session.LoadManyAsync<T>(ct, ids);

    public Task<IReadOnlyList<T>> Of<T>(Guid[] owners, Expression<Func<T, Guid>> owner, CancellationToken ct) where T : notnull
    {
        var oneOf = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(Guid)], Expression.Constant(owners), owner.Body);
        return session.Query<T>().Where(Expression.Lambda<Func<T, bool>>(oneOf, owner.Parameters)).ToListAsync(ct);
    }

    public void Keep(IReadOnlyList<(Guid Id, object Account)> changed) => session.StoreObjects(changed.Select(each => each.Account));
}

/// <summary>An account takes one or two kilobytes here: those of a million events fit into a server's memory, and a bureau has some ten thousand.</summary>
internal sealed class AccountsInMemory : IAccounts
{
    private readonly Dictionary<Type, Dictionary<Guid, object>> _accounts = [];
    private readonly Dictionary<(Type Type, string Owner), Owned> _owned = [];
    private readonly HashSet<(Type Type, Guid Id)> _unsaved = [];

    public Task<IReadOnlyList<T>> Load<T>(Guid[] ids, CancellationToken ct) where T : notnull
    {
        var known = All(typeof(T));
        return Task.FromResult<IReadOnlyList<T>>([.. ids.Select(id => known.GetValueOrDefault(id)).OfType<T>()]);
    }

    public Task<IReadOnlyList<T>> Of<T>(Guid[] owners, Expression<Func<T, Guid>> owner, CancellationToken ct) where T : notnull
    {
        var (known, name) = (All(typeof(T)), ((MemberExpression)owner.Body).Member.Name);
        if (!_owned.TryGetValue((typeof(T), name), out var owned))
        {
            var of = owner.Compile();
            owned = _owned[(typeof(T), name)] = new(account => of((T)account));
            foreach (var (id, account) in known) owned.Add(id, account);
        }
        // It may have had another owner once.
        var asked = owners.ToHashSet();
        return Task.FromResult<IReadOnlyList<T>>([.. asked.SelectMany(each => owned.Ids.GetValueOrDefault(each) ?? []).Distinct().Select(id => known[id]).Where(account => asked.Contains(owned.OwnerOf(account))).Cast<T>()]);
    }

    public void Keep(IReadOnlyList<(Guid Id, object Account)> changed)
    {
        foreach (var (id, account) in changed)
        {
            All(account.GetType())[id] = account;
            _unsaved.Add((account.GetType(), id));
            foreach (var (_, owned) in _owned.Where(each => each.Key.Type == account.GetType())) owned.Add(id, account);
        }
    }

    /// <summary>Those that changed since they were last taken.</summary>
    public IReadOnlyList<object> TakeUnsaved()
    {
        var unsaved = _unsaved.Select(key => _accounts[key.Type][key.Id]).ToList();
        _unsaved.Clear();
        return unsaved;
    }

    private Dictionary<Guid, object> All(Type type) => _accounts.TryGetValue(type, out var known) ? known : _accounts[type] = [];

    private sealed record Owned(Func<object, Guid> OwnerOf)
    {
        public Dictionary<Guid, HashSet<Guid>> Ids { get; } = [];

        public void Add(Guid id, object account)
        {
            if (!Ids.TryGetValue(OwnerOf(account), out var owned)) Ids[OwnerOf(account)] = owned = [];
            owned.Add(id);
        }
    }
}
