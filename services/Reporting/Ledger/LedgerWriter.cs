using Luodi.Contracts.Wire;
using Luodi.Reporting.Rollups;
using Npgsql;
using NpgsqlTypes;

namespace Luodi.Reporting.Ledger;

/// <summary>Gives postings their positions, under a lock: a database sequence is not in commit order, so a reader at a position would see holes.</summary>
internal sealed class LedgerWriter : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _batch;

    private LedgerWriter(NpgsqlConnection connection, long position, DateTimeOffset recordedAt)
    {
        (_connection, Position, RecordedAt) = (connection, position, recordedAt);
        _batch = new NpgsqlBatch(connection);
    }

    /// <summary>The last position that was given.</summary>
    public long Position { get; private set; }

    /// <summary>When what is written now became known; later than everything before, even if the clock was set back.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>Takes the lock of the ledger until the transaction ends.</summary>
    public static async Task<LedgerWriter> Lock(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            insert into reporting.ledger_head (one, position, recorded_at) values (true, 0, 'epoch')
            on conflict (one) do update set one = true returning position, recorded_at
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var last = reader.GetFieldValue<DateTimeOffset>(1);
        var toMicrosecond = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return new LedgerWriter(connection, reader.GetInt64(0), toMicrosecond > last ? toMicrosecond : last.AddMicroseconds(1));
    }

    public void Add(CloudEvent heard, IReadOnlyList<Posting> postings)
    {
        foreach (var (line, posting) in postings.Index())
        {
            _batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into reporting.posting values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)")
            {
                Parameters =
                {
                    new() { Value = ++Position }, new() { Value = RecordedAt.UtcDateTime }, new() { Value = heard.Source }, new() { Value = heard.Sequence },
                    new() { Value = (short)line, NpgsqlDbType = NpgsqlDbType.Smallint }, new() { Value = heard.Id }, new() { Value = heard.Type },
                    new() { Value = posting.Measure }, new() { Value = posting.Status }, new() { Value = posting.Amount.Currency },
                    new() { Value = posting.Count }, new() { Value = posting.Amount.Value }, new() { Value = posting.EffectiveOn },
                    new() { Value = posting.CeremonyId }, new() { Value = posting.AgreementId }, new() { Value = posting.ProjectId },
                    new() { Value = posting.Industry }, new() { Value = posting.SizeBand }, new() { Value = posting.Illustrative },
                    new() { Value = (object?)posting.Department ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                    new() { Value = posting.Tier }, new() { Value = posting.Upgrades }, new() { Value = posting.Stage }, new() { Value = posting.MoneyOrigin },
                },
            });
        }
    }

    /// <summary>Traits hold from the last position on, in place of those that no longer do.</summary>
    public void Change(Guid project, IEnumerable<Trait> ended, IEnumerable<Trait> begun)
    {
        foreach (var trait in ended)
        {
            _batch.BatchCommands.Add(new NpgsqlBatchCommand("update reporting.project_trait set known_until = $1 where project = $2 and trait = $3 and effective_from = $4 and known_until = $5")
            {
                Parameters = { new() { Value = Position }, new() { Value = project }, new() { Value = trait.Name }, new() { Value = trait.From }, new() { Value = long.MaxValue } },
            });
        }
        foreach (var trait in begun)
        {
            _batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into reporting.project_trait (project, trait, effective_from, known_from, known_until, value) values ($1, $2, $3, $4, $5, $6)")
            {
                Parameters =
                {
                    new() { Value = project }, new() { Value = trait.Name }, new() { Value = trait.From }, new() { Value = Position }, new() { Value = long.MaxValue }, new() { Value = trait.Value },
                },
            });
        }
    }

    /// <summary>The sums of a filter over all that was written so far, also in this transaction.</summary>
    public async Task<IReadOnlyList<Cell>> Sum(PostingFilter filter, CancellationToken ct)
    {
        if (_batch.BatchCommands.Count > 0) await _batch.ExecuteNonQueryAsync(ct);
        _batch.BatchCommands.Clear();
        return (await Figures.Read(_connection, filter, ct)).Items;
    }

    public async Task Save(CancellationToken ct)
    {
        _batch.BatchCommands.Add(new NpgsqlBatchCommand("update reporting.ledger_head set position = $1, recorded_at = $2")
        {
            Parameters = { new() { Value = Position }, new() { Value = RecordedAt.UtcDateTime } },
        });
        await _batch.ExecuteNonQueryAsync(ct);
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
