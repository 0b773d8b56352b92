using Luodi.Audit.Log;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Tree;
using Npgsql;

namespace Luodi.Audit.Witnesses;

/// <summary>Somebody else who cosigns checkpoints that continue what they have seen.</summary>
/// <param name="Url">Where it answers <c>add-checkpoint</c>.</param>
public sealed record Witness(Uri Url, VerifierKey Key);

/// <summary>
/// Has each checkpoint cosigned by the witnesses in <c>Audit:Witnesses</c> (each a <c>Url</c> and a <c>Key</c>, a vkey). One that is away holds nothing up;
/// one that has seen another log is said loudly, for then somebody has shown two histories. One whose key is not known yet is not asked.
/// </summary>
internal sealed partial class WitnessRounds(NpgsqlDataSource store, LogReader reader, IHttpClientFactory clients, IConfiguration configuration, TimeProvider clock, ILogger<WitnessRounds> log) : BackgroundService
{
    /// <summary>The HTTP client; a witness is no service of ours and gets no token.</summary>
    public const string Client = "witness";

    private readonly TimeSpan _every = configuration.GetValue("Audit:CheckpointEvery", TimeSpan.FromSeconds(5));
    private readonly Dictionary<string, long> _seen = [];
    private readonly Dictionary<string, string> _problems = [];

    /// <summary>Those that are asked.</summary>
    public IReadOnlyList<Witness> Witnesses { get; } = [.. configuration.GetSection("Audit:Witnesses").GetChildren().Where(each => each["Key"] is { Length: > 0 })
        .Select(each => new Witness(new Uri($"{each["Url"]?.TrimEnd('/')}/"), VerifierKey.Parse(each["Key"]!)))];

    /// <summary>What is wrong with one of them; nothing where all have cosigned.</summary>
    public IReadOnlyDictionary<string, string> Problems
    {
        get
        {
            lock (_problems) return new Dictionary<string, string>(_problems, StringComparer.Ordinal);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Witnesses.Count == 0) return;
        using var timer = new PeriodicTimer(_every, clock);
        do
        {
            try
            {
                if (await reader.Newest(stoppingToken) is not { } newest || newest.Cosigned >= Witnesses.Count) continue;
                foreach (var witness in Witnesses) await Ask(witness, newest, stoppingToken);
            }
            catch (Exception away) when (away is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                NotCosigned(log, "the log", away.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Ask(Witness witness, SignedCheckpoint newest, CancellationToken ct)
    {
        try
        {
            if (newest.ReadNote().Signatures.Any(signature => signature.KeyName == witness.Key.Name && signature.KeyId == witness.Key.Id)) return;
            // Once more where it has seen another size than we thought.
            for (var round = 0; round < 2; round++)
            {
                var from = long.Min(_seen.GetValueOrDefault(witness.Key.Name), newest.Size);
                var request = new AddCheckpointRequest(from, await reader.Compute(ProofPlan.Consistency(from, newest.Size), ct), newest.ReadNote());
                using var body = new ByteArrayContent(request.ToArray());
                using var answer = await clients.CreateClient(Client).PostAsync(new Uri(witness.Url, "add-checkpoint"), body, ct);
                switch (WitnessAnswer.Read((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync(ct), request.Checkpoint, witness.Key))
                {
                    case WitnessAnswer.Cosigned cosigned:
                        await Keep(newest, [.. cosigned.Checkpoint.Signatures.Skip(request.Checkpoint.Signatures.Count)], ct);
                        _seen[witness.Key.Name] = newest.Size;
                        Note(witness, null);
                        return;
                    case WitnessAnswer.Knows { Size: var size } when size <= newest.Size:
                        _seen[witness.Key.Name] = size;
                        break;
                    case WitnessAnswer.Knows { Size: var size }:
                        Note(witness, $"has seen this log with {size} entries, and it has {newest.Size}");
                        return;
                    case WitnessAnswer.Refused { Status: var status }:
                        Note(witness, $"refuses with {status}");
                        return;
                }
            }
        }
        catch (Exception away) when (away is HttpRequestException or ProofException || (away is TaskCanceledException && !ct.IsCancellationRequested))
        {
            Note(witness, away.Message);
        }
    }

    private void Note(Witness witness, string? problem)
    {
        lock (_problems)
        {
            if (problem is not null && _problems.GetValueOrDefault(witness.Key.Name) != problem) NotCosigned(log, witness.Key.Name, problem);
            if (problem is null) _problems.Remove(witness.Key.Name);
            else _problems[witness.Key.Name] = problem;
        }
    }

    private async Task Keep(SignedCheckpoint newest, IReadOnlyList<NoteSignature> lines, CancellationToken ct)
    {
        // In one statement: another replica's cosignature stays.
        await using var command = store.CreateCommand("update audit.log_checkpoint set note = note || $2, cosigned = cosigned + 1 where size = $1 and position($2 in note) = 0");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = newest.Size });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = string.Concat(lines.Select(line => $"{line}\n")) });
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(1, LogLevel.Warning, "No cosignature of {Witness}: {Problem}")]
    private static partial void NotCosigned(ILogger logger, string witness, string problem);
}
