using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Luodi.Audit.Log;
using Luodi.Audit.Proofs;
using Luodi.Contracts.Wire;
using Luodi.Proof.Notes;
using Luodi.Proof.Packs;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;
using Luodi.ServiceDefaults.Intake;
using Npgsql;

namespace Luodi.Benchmarks;

/// <summary>The audit log with 100,000 and 1,000,000 entries: how fast it takes pages, gives proofs, and is checked offline.</summary>
internal static class LogAtScale
{
    private const int Page = 500;

    private static readonly int[] Sizes = [100_000, 1_000_000];

    public static async Task Run(RunningLuodi luodi)
    {
        await using var store = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(luodi.Postgres) { Database = "luodi_audit", CommandTimeout = 600 });
        var (intake, reader) = (new LogIntake(TimeProvider.System), new LogReader(store));
        var results = new BySize(Sizes);
        var random = new Random(7);
        var logged = 0L;
        using var key = new SignerKey("luodi/benchmark", SignatureType.Ed25519, RandomNumberGenerator.GetBytes(32));
        foreach (var size in Sizes)
        {
            var taking = new Stopwatch();
            for (; logged < size; logged += Page)
            {
                var events = Enumerable.Range(1, Page).Select(nth => Sample(logged + nth)).ToList();
                taking.Start();
                await using var connection = await store.OpenConnectionAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                await intake.Hear(events, new HearingTransaction(null!, connection, transaction), CancellationToken.None);
                await transaction.CommitAsync();
                taking.Stop();
            }
            var before = size == Sizes[0] ? 0 : Sizes[0];
            results.Note("events taken, a second", (size - before) / taking.Elapsed.TotalSeconds);
            var whole = await reader.Size(CancellationToken.None);
            var note = new Checkpoint(key.Verifier.Name, whole, await reader.Root(whole, CancellationToken.None)).Sign(key);
            var signed = new SignedCheckpoint(whole, TimeProvider.System.GetUtcNow(), note.ToString(), 0);
            results.Note("an inclusion proof, median ms", await BySize.Median(() => ReadProofFeature.Of(reader, random.NextInt64(whole), signed, CancellationToken.None)));
            results.Note("a consistency proof, median ms", await BySize.Median(() => ReadConsistencyFeature.Of(reader, random.NextInt64(1, whole), signed, CancellationToken.None)));

            // All entries in memory a stretch at a time: what is measured is calculating, beside SHA-256 over the same bytes.
            var (bare, tree, frontier) = (new Stopwatch(), new Stopwatch(), Frontier.Empty);
            for (var at = 0L; at < whole;)
            {
                var entries = await reader.Entries(at, 25_600, CancellationToken.None);
                bare.Start();
                foreach (var entry in entries) SHA256.HashData(entry.Header);
                bare.Stop();
                tree.Start();
                foreach (var entry in entries) frontier = frontier.Append(MerkleTree.Leaf(entry.Header));
                tree.Stop();
                at += entries.Count;
            }
            if (frontier.Root != Checkpoint.Parse(note.Text).Root) throw new InvalidOperationException("The tree of the entries is not that of the tiles.");
            results.Note("root of all entries, of SHA-256's speed", bare.Elapsed / tree.Elapsed);

            await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            new EvidencePack(new(key.Verifier.Name, TimeProvider.System.GetUtcNow()), note)
            {
                Bundles = Enumerable.Range(0, (int)((whole + TileName.FullWidth - 1) / TileName.FullWidth)).Select(index => TileName.Of(null, index, whole)).Select(name => (name, (ReadOnlyMemory<byte>)EntryBundle.Write(
                    [.. reader.Entries(name.Index * TileName.FullWidth, name.Width, CancellationToken.None).GetAwaiter().GetResult().Select(entry => (ReadOnlyMemory<byte>)entry.Header)]))),
            }.Write(file);
            var policy = TrustPolicy.Parse(System.Text.Encoding.UTF8.GetBytes($"log {key.Verifier}\nquorum none\n"));
            var check = Stopwatch.StartNew();
            var verdict = PackCheck.Run(file, policy, note);
            check.Stop();
            if (!verdict.Proven) throw new InvalidOperationException($"The pack is not proven: {verdict.Findings[^1]}.");
            results.Note("a pack of all entries checked, s", check.Elapsed.TotalSeconds);
            results.Note("the same, of SHA-256's speed", bare.Elapsed / check.Elapsed);
        }
        Console.WriteLine();
        Console.WriteLine("The audit log by its entries");
        results.Print();
    }

    private static CloudEvent Sample(long nth) => new()
    {
        Id = Guid.CreateVersion7(),
        Source = "/benchmark/signings",
        Type = "agreement_signed",
        Subject = Guid.CreateVersion7().ToString(),
        Time = TimeProvider.System.GetUtcNow(),
        Sequence = nth,
        Previous = nth - 1,
        Actor = "staff",
        Reason = "年度重点项目",
        EffectiveOn = new(2023, 9, 28),
        CorrelationId = "480482100e37a5db30d369bb673e73aa",
        CausationId = "0HNQCCDGHPR6D:000001AF",
        Data = JsonElement.Parse($"{{\"agreementId\":\"{Guid.CreateVersion7()}\",\"amount\":{{\"value\":{nth}.00,\"currency\":\"CNY\"}},\"signedOn\":\"2023-09-28\"}}"),
    };
}
