using JasperFx.Events;
using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Hosting;
using Marten;
using Npgsql;
using Weasel.Core;

namespace Luodi.Reporting.Journal;

/// <summary>A ledger made anew from the journal, in a schema of its own beside the one that is read. Positions, instants and figures come out as they were.</summary>
internal sealed class LedgerBeside : IAsyncDisposable
{
    private const int PageSize = 5_000;
    private const string Schema = LedgerTables.Beside;

    private readonly IDocumentStore _journal;
    private readonly DocumentStore _beside;
    private readonly NpgsqlConnection _connection;
    private readonly Sealer _sealer;
    private readonly long _sealTo;
    private readonly AccountsInMemory _accounts = new();
    private List<Journaled> _read = [];
    private List<string> _indexes;
    private LedgerWriter? _ledger;
    private bool _kept;
    private long _after;

    private LedgerBeside(IDocumentStore journal, DocumentStore beside, NpgsqlConnection connection, Sealer sealer, long sealTo, List<string> indexes) =>
        (_journal, _beside, _connection, _sealer, _sealTo, _indexes) = (journal, beside, connection, sealer, sealTo, indexes);

    /// <summary>How many entries of the journal were posted.</summary>
    public long Done { get; private set; }

    /// <summary>Empty. What an earlier one left behind is gone.</summary>
    /// <param name="sealTo">Up to where sums are sealed while events are posted.</param>
    public static async Task<LedgerBeside> Begin(IServiceProvider services, long sealTo, CancellationToken ct)
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
        return new LedgerBeside(services.GetRequiredService<IDocumentStore>(), store, connection, sealer, sealTo, await TakeIndexes(connection, ct));
    }

    /// <summary>Posts all that the journal has by now.</summary>
    public async Task CatchUp(Func<Task> progress, CancellationToken ct)
    {
        var (reading, sealing) = (Read(_after, ct), Task.CompletedTask);
        while (true)
        {
            var entries = await reading;
            // The next ones are read while these are posted.
            if (entries.Count > 0) reading = Read(_after = entries[^1].Sequence, ct);
            _read.AddRange(entries.Select(entry => (Journaled)entry.Data));
            // One round of the journal is one recorded instant: what was learnt together is posted together again.
            var rounds = _read.GroupBy(entry => entry.RecordedAt).ToList();
            // The last round may go on in the next entries; where there are none, it is whole.
            var whole = entries.Count > 0 ? rounds.SkipLast(1).ToList() : rounds;
            await Post(whole, ct);
            _read = entries.Count > 0 ? [.. rounds[^1]] : [];
            Done += whole.Sum(round => round.Count());
            await progress();
            if (entries.Count == 0) break;
            if (sealing.IsCompleted)
            {
                await sealing;
                sealing = Seal(_sealTo, ct);
            }
        }
        if (_ledger is not null) await _ledger.Saved();
        await Task.WhenAll(sealing, Keep(ct), GiveIndexes(ct));
    }

    private async Task<IReadOnlyList<IEvent>> Read(long after, CancellationToken ct)
    {
        await using var journal = _journal.QuerySession();
        return await journal.Events.QueryAllRawEvents().Where(entry => entry.Sequence > after).OrderBy(entry => entry.Sequence).Take(PageSize).ToListAsync(ct);
    }

    // Postings are written without what only their readers need.
    private static async Task<List<string>> TakeIndexes(NpgsqlConnection connection, CancellationToken ct)
    {
        var (drops, makes) = (new List<string>(), new List<string>());
        // A closing sums its ceremony.
        await using (var command = new NpgsqlCommand($"select indexname, indexdef from pg_indexes where schemaname = '{Schema}' and tablename = 'posting' and indexname like 'posting_%' and indexname <> 'posting_ceremony'", connection))
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
            {
                drops.Add($"drop index {Schema}.{row.GetString(0)}");
                makes.Add(row.GetString(1));
            }
        }
        await RebuildLedger.Do(connection, string.Join(";\n", drops), ct);
        return makes;
    }

    private async Task GiveIndexes(CancellationToken ct)
    {
        foreach (var index in _indexes) await RebuildLedger.Do(_connection, index, ct);
        _indexes = [];
    }

    private async Task Keep(CancellationToken ct)
    {
        if (_accounts.TakeUnsaved() is not { Count: > 0 } unsaved) return;
        var mode = _kept ? BulkInsertMode.OverwriteExisting : BulkInsertMode.InsertsOnly;
        await Task.WhenAll(unsaved.GroupBy(account => account.GetType()).Select(kind => _beside.BulkInsertDocumentsAsync(kind, mode, cancellation: ct)));
        _kept = true;
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
        _ledger ??= await LedgerWriter.Lock(_connection, rounds[0].Key, ct, Schema);
        foreach (var round in rounds)
        {
            _ledger.RecordedAt = round.Key;
            // Within a round the journal's places go record by record; they were heard in their source's order.
            await EventJournal.Post(_accounts, _ledger, [.. round.Select(entry => entry.Event).OrderBy(heard => heard.Sequence)], ct);
        }
        await _ledger.SaveBehind(ct);
    }
}
