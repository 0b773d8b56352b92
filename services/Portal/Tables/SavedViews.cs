using Marten;

namespace Luodi.Portal.Tables;

/// <summary>A view of a table that somebody gave a name: an address, no data. What it shows is decided by who opens it.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Query">As in the address, from the question mark on; empty for the usual view.</param>
/// <param name="Owner">The login name of who saved it, and alone may delete it.</param>
/// <param name="Shared">Seen by everybody.</param>
public sealed record SavedView(Guid Id, string Table, string Name, string Query, string Owner, string OwnerName, bool Shared);

/// <summary>Where saved views are kept.</summary>
public sealed class SavedViews(IDocumentStore store)
{
    private const int Limit = 50;
    public const int NameLimit = 60;

    /// <summary>One's own and the shared ones, by name.</summary>
    public async Task<IReadOnlyList<SavedView>> Of(string table, string account, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return await session.Query<SavedView>().Where(view => view.Table == table && (view.Owner == account || view.Shared)).OrderBy(view => view.Name).Take(Limit).ToListAsync(ct);
    }

    public async Task Save(SavedView view, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.Store(view);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>Deletes one's own; another's is left as it is.</summary>
    public async Task Delete(Guid id, string account, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.DeleteWhere<SavedView>(view => view.Id == id && view.Owner == account);
        await session.SaveChangesAsync(ct);
    }
}
