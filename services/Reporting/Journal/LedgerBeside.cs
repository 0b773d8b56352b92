using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Intake;
using Marten;
using Npgsql;

namespace Luodi.Reporting.Journal;

/// <summary>A ledger made anew from the journal, in a schema of its own beside the one that is read. Positions, instants and figures come out as they were.</summary>
internal sealed class LedgerBeside : IAsyncDisposable
{
    private const int PageSize = 500;
    private const string Schema = LedgerTables.Beside;

    private readonly IDocumentStore _journal;
    private readonly DocumentStore _beside;
    private readonly NpgsqlConnection _connection;
    private readonly Sealer _sealer;
    private List<Journaled> _read = [];
    private long _after;

    private LedgerBeside(IDocumentStore journal, DocumentStore beside, NpgsqlConnection connection, Sealer sealer) => (_journal, _beside, _connection, _sealer) = (journal, beside, connection, sealer);

    /// <summary>How many entries of the journal were posted.</summary>
    public long Done { get; private set; }

    /// <summary>Empty. What an earlier one left behind is gone.</summary>
    public static async Task<LedgerBeside> Begin(IServiceProvider services, CancellationToken ct)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await Drop(database, ct);
        var options = new StoreOptions();
        options.Keeps(database, Schema);
        ReportingStore.Ledger(options, Schema);
        var store = new DocumentStore(options);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate.CreateOrUpdate);
        // The tables take their rights along when they are switched.
        await Rights.Grant(services, ct);
        var connection = await database.OpenConnectionAsync(ct);
        // A crash leaves it behind half made, and the next one begins anew.
        await using (var quick = new NpgsqlCommand("set synchronous_commit = off", connection)) await quick.ExecuteNonQueryAsync(ct);
        var sealer = new Sealer(database, services.GetRequiredService<SegmentSize>(), services.GetRequiredService<ILogger<Sealer>>());
        return new LedgerBeside(services.GetRequiredService<IDocumentStore>(), store, connection, sealer);
    }

    /// <summary>Posts all that the journal has by now.</summary>
    public async Task CatchUp(Func<Task> progress, CancellationToken ct)
    {
        while (true)
        {
            await using var journal = _journal.QuerySession();
            var entries = await journal.Events.QueryAllRawEvents().Where(entry => entry.Sequence > _after).OrderBy(entry => entry.Sequence).Take(PageSize).ToListAsync(ct);
            _read.AddRange(entries.Select(entry => (Journaled)entry.Data));
            // One round of the journal is one recorded instant: what was learnt together is posted together again.
            var rounds = _read.GroupBy(entry => entry.RecordedAt).ToList();
            // The last round may go on in the next entries; where there are none, it is whole.
            var whole = entries.Count > 0 ? rounds.SkipLast(1).ToList() : rounds;
            await Post(whole, ct);
            _read = entries.Count > 0 ? [.. rounds[^1]] : [];
            Done += whole.Sum(round => round.Count());
            await progress();
            if (entries.Count == 0) return;
            _after = entries[^1].Sequence;
        }
    }

    /// <summary>Seals the sums up to a position.</summary>
    public async Task Seal(long upTo, CancellationToken ct)
    {
        while (await _sealer.SealNext(ct, Schema, upTo)) { }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _beside.DisposeAsync();
    }

    public static async Task Drop(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var drop = database.CreateCommand($"drop schema if exists {Schema} cascade");
        await drop.ExecuteNonQueryAsync(ct);
    }

    private async Task Post(List<IGrouping<DateTimeOffset, Journaled>> rounds, CancellationToken ct)
    {
        if (rounds.Count == 0) return;
        await using var transaction = await _connection.BeginTransactionAsync(ct);
        var hearing = new HearingTransaction(_beside, _connection, transaction);
        foreach (var round in rounds)
        {
            await using var session = hearing.OpenSession();
            var ledger = await LedgerWriter.Lock(_connection, round.Key, ct, Schema);
            ledger.RecordedAt = round.Key;
            // Within a round the journal's places go record by record; they were heard in their source's order.
            await EventJournal.Post(session, ledger, [.. round.Select(entry => entry.Event).OrderBy(heard => heard.Sequence)], ct);
            await session.SaveChangesAsync(ct);
            await ledger.Save(ct);
        }
        await transaction.CommitAsync(ct);
    }
}
