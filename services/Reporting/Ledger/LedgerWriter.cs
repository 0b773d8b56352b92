using Luodi.Contracts.Wire;
using Luodi.Ledger;
using Luodi.Reporting.Rollups;
using Npgsql;

namespace Luodi.Reporting.Ledger;

/// <summary>Gives postings their positions, under a lock: a database sequence is not in commit order, so a reader at a position would see holes.</summary>
internal sealed class LedgerWriter
{
    private readonly NpgsqlConnection _connection;
    private readonly string _schema;
    private List<(long Position, DateTimeOffset RecordedAt, int Line, CloudEvent Heard, Posting Posting)> _added = [];
    private Task _saving = Task.CompletedTask;

    private LedgerWriter(NpgsqlConnection connection, string schema, long position, DateTimeOffset recordedAt) => (_connection, _schema, Position, RecordedAt) = (connection, schema, position, recordedAt);

    /// <summary>The last position that was given.</summary>
    public long Position { get; private set; }

    /// <summary>When what is added now became known; later than everything before, even if the clock was set back.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>Takes the lock of the ledger until the transaction ends.</summary>
    /// <param name="schema">Where the ledger stands.</param>
    public static async Task<LedgerWriter> Lock(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct, string schema = LedgerTables.Schema)
    {
        await using var command = new NpgsqlCommand($"""
            insert into {schema}.ledger_head (one, position, recorded_at, shape) values (true, 0, 'epoch', {LedgerTables.Shape})
            on conflict (one) do update set one = true returning position, recorded_at
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var last = reader.GetFieldValue<DateTimeOffset>(1);
        var toMicrosecond = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return new LedgerWriter(connection, schema, reader.GetInt64(0), toMicrosecond > last ? toMicrosecond : last.AddMicroseconds(1));
    }

    public void Add(CloudEvent heard, IReadOnlyList<Posting> postings)
    {
        foreach (var (line, posting) in postings.Index()) _added.Add((++Position, RecordedAt, line, heard, posting));
    }

    /// <summary>The sums of a filter over all that was written so far, also in this transaction.</summary>
    public async Task<IReadOnlyList<Cell>> Sum(PostingFilter filter, CancellationToken ct)
    {
        await _saving;
        await Write(ct);
        return (await Figures.Read(_connection, filter, ct, _schema, Position)).Items;
    }

    public async Task Save(CancellationToken ct)
    {
        var (position, recordedAt) = (Position, RecordedAt);
        await Write(ct);
        await using var head = new NpgsqlCommand($"update {_schema}.ledger_head set position = $1, recorded_at = $2", _connection)
        {
            Parameters = { new() { Value = position }, new() { Value = recordedAt.UtcDateTime } },
        };
        await head.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Saves while more is added; waits until what was saved so before is done.</summary>
    public async Task SaveBehind(CancellationToken ct)
    {
        await _saving;
        _saving = Save(ct);
    }

    /// <summary>Once all is done that <see cref="SaveBehind"/> began.</summary>
    public Task Saved() => _saving;

    private async Task Write(CancellationToken ct)
    {
        if (_added.Count == 0) return;
        var added = _added;
        _added = [];
        await using var copy = await _connection.BeginBinaryImportAsync($"""
            copy {_schema}.posting (position, recorded_at, source, sequence, line, event_id, event_type, measure, status, currency, delta_count, delta_amount, effective_on, ceremony, agreement, project,
              industry, size_band, illustrative, department, tier, delta_upgrades, stage, money_origin, owner, block, origin, industry_code, channel, chain, vintage, designation, fund, fund_kind, partner_kind, subject, arranges) from stdin (format binary)
            """, ct);
        foreach (var (position, recordedAt, line, heard, posting) in added)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(position, ct);
            await copy.WriteAsync(recordedAt.UtcDateTime, ct);
            await copy.WriteAsync(heard.Source, ct);
            await copy.WriteAsync(heard.Sequence, ct);
            await copy.WriteAsync((short)line, ct);
            await copy.WriteAsync(heard.Id, ct);
            await copy.WriteAsync(heard.Type, ct);
            await copy.WriteAsync(posting.Measure, ct);
            await copy.WriteAsync(posting.Status, ct);
            await copy.WriteAsync(posting.Amount.Currency, ct);
            await copy.WriteAsync(posting.Count, ct);
            await copy.WriteAsync(posting.Amount.Value, ct);
            await copy.WriteAsync(posting.EffectiveOn, ct);
            await copy.WriteAsync(posting.CeremonyId, ct);
            await copy.WriteAsync(posting.AgreementId, ct);
            await copy.WriteAsync(posting.ProjectId, ct);
            await copy.WriteAsync(posting.Industry, ct);
            await copy.WriteAsync(posting.SizeBand, ct);
            await copy.WriteAsync(posting.Illustrative, ct);
            if (posting.Department is { } department) await copy.WriteAsync(department, ct);
            else await copy.WriteNullAsync(ct);
            await copy.WriteAsync(posting.Tier, ct);
            await copy.WriteAsync(posting.Upgrades, ct);
            await copy.WriteAsync(posting.Stage, ct);
            await copy.WriteAsync(posting.MoneyOrigin, ct);
            await copy.WriteAsync(posting.Traits.Owner, ct);
            await copy.WriteAsync(posting.Traits.Block, ct);
            await copy.WriteAsync(posting.Traits.Origin, ct);
            await copy.WriteAsync(posting.Traits.IndustryCode, ct);
            await copy.WriteAsync(posting.Traits.Channel, ct);
            await copy.WriteAsync(posting.Traits.Chain, ct);
            await copy.WriteAsync(posting.Traits.Vintage, ct);
            await copy.WriteAsync(posting.Designation, ct);
            await copy.WriteAsync(posting.FundId, ct);
            await copy.WriteAsync(posting.FundKind, ct);
            await copy.WriteAsync(posting.PartnerKind, ct);
            await copy.WriteAsync(Guid.Parse(heard.Subject), ct);
            await copy.WriteAsync(posting.Arranges, ct);
        }
        await copy.CompleteAsync(ct);
    }
}
