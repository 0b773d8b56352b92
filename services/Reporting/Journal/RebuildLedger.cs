using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Intake;
using Marten;
using Npgsql;

namespace Luodi.Reporting.Journal;

/// <summary><c>dotnet Luodi.Reporting.dll rebuild</c>: makes the ledger anew from the journal. Positions, instants and figures come out as they were.</summary>
internal static class RebuildLedger
{
    private const int PageSize = 500;

    public static async Task Run(IDocumentStore store, NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var hearing = new HearingTransaction(store, connection, transaction);
        await using (var clear = new NpgsqlCommand("""
            lock table reporting.ledger_head in exclusive mode;
            truncate reporting.posting, reporting.ledger_head, reporting.mt_doc_agreementaccount, reporting.mt_doc_ceremonysheet
            """, connection))
        {
            await clear.ExecuteNonQueryAsync(ct);
        }
        for (var after = 0L; ;)
        {
            await using var session = hearing.OpenSession();
            var entries = await session.Events.QueryAllRawEvents().Where(entry => entry.Sequence > after).OrderBy(entry => entry.Sequence).Take(PageSize).ToListAsync(ct);
            if (entries.Count == 0) break;
            // One round of the journal is one recorded instant: what was learnt together is posted together again.
            foreach (var round in entries.Select(entry => (Journaled)entry.Data).GroupBy(entry => entry.RecordedAt))
            {
                await using var ledger = await LedgerWriter.Lock(connection, round.Key, ct);
                ledger.RecordedAt = round.Key;
                await EventJournal.Post(session, ledger, [.. round.Select(entry => entry.Event)], ct);
                await session.SaveChangesAsync(ct);
                await ledger.Save(ct);
            }
            after = entries[^1].Sequence;
        }
        await transaction.CommitAsync(ct);
    }
}
