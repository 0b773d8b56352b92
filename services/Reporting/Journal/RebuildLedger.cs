using Luodi.Reporting.Ledger;
using Luodi.ServiceDefaults.Intake;
using Marten;
using Npgsql;

namespace Luodi.Reporting.Journal;

/// <summary><c>dotnet Luodi.Reporting.dll rebuild</c>: makes the ledger anew from the journal. Positions, instants and figures come out as they were.</summary>
internal static class RebuildLedger
{
    private const int PageSize = 500;

    /// <summary>Part of <c>migrate</c>: a ledger of another shape is made anew in its present one.</summary>
    public static async Task RunWhereOlder(IServiceProvider services, CancellationToken ct)
    {
        await using var older = services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"select exists (select from reporting.ledger_head where shape <> {LedgerTables.Shape})");
        if (await older.ExecuteScalarAsync(ct) is true) await Run(services, ct);
    }

    public static async Task Run(IServiceProvider services, CancellationToken ct)
    {
        var (store, database) = (services.GetRequiredService<IDocumentStore>(), services.GetRequiredService<NpgsqlDataSource>());
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var hearing = new HearingTransaction(store, connection, transaction);
        // In the order in which whoever seals takes its locks: what is sealed, then the postings.
        await using (var clear = new NpgsqlCommand("""
            lock table reporting.ledger_sealed in access exclusive mode;
            lock table reporting.ledger_head in exclusive mode;
            drop table if exists reporting.project_trait;
            truncate reporting.posting, reporting.ledger_head, reporting.ledger_sum, reporting.ledger_series, reporting.ledger_sealed, reporting.mt_doc_agreementaccount, reporting.mt_doc_ceremonysheet, reporting.mt_doc_knownrecord,
              reporting.mt_doc_projectaccount, reporting.mt_doc_capitalaccount, reporting.mt_doc_enterpriseaccount, reporting.mt_doc_fundaccount, reporting.mt_doc_fundentryaccount, reporting.mt_doc_ratebook
            """, connection))
        {
            await clear.ExecuteNonQueryAsync(ct);
        }
        var read = new List<Journaled>();
        for (var after = 0L; ;)
        {
            await using var session = hearing.OpenSession();
            var entries = await session.Events.QueryAllRawEvents().Where(entry => entry.Sequence > after).OrderBy(entry => entry.Sequence).Take(PageSize).ToListAsync(ct);
            read.AddRange(entries.Select(entry => (Journaled)entry.Data));
            // One round of the journal is one recorded instant: what was learnt together is posted together again.
            var rounds = read.GroupBy(entry => entry.RecordedAt).ToList();
            // The last round may go on in the next entries.
            foreach (var round in entries.Count > 0 ? rounds.SkipLast(1) : rounds)
            {
                var ledger = await LedgerWriter.Lock(connection, round.Key, ct);
                ledger.RecordedAt = round.Key;
                // Within a round the journal's places go record by record; they were heard in their source's order.
                await EventJournal.Post(session, ledger, [.. round.Select(entry => entry.Event).OrderBy(heard => heard.Sequence)], ct);
                await session.SaveChangesAsync(ct);
                await ledger.Save(ct);
            }
            if (entries.Count == 0) break;
            read = [.. rounds[^1]];
            after = entries[^1].Sequence;
        }
        await transaction.CommitAsync(ct);
    }
}
