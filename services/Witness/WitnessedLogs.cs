using System.Security.Cryptography;
using System.Text;
using Luodi.Proof.Notes;

namespace Luodi.Witness;

/// <summary>The logs that are known here, each with one request at a time.</summary>
/// <param name="logs">Their keys; several of one name are one log's.</param>
public sealed class WitnessedLogs(IReadOnlyList<VerifierKey> logs, WitnessFolder folder, TimeProvider clock) : IDisposable
{
    private readonly Dictionary<string, SemaphoreSlim> _turns = logs.Select(log => log.Name).Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => new SemaphoreSlim(1), StringComparer.Ordinal);

    /// <summary>Every log that was ever seen is there, as far as it was seen, or <see cref="FolderLostException"/>.</summary>
    public void CheckAll()
    {
        foreach (var origin in _turns.Keys.Union(folder.Origins(), StringComparer.Ordinal)) folder.Read(origin);
    }

    /// <summary>Judges a request; what it cosigns is on the disk before this returns.</summary>
    /// <returns>The answer, and the lines of the cosignature where there is one.</returns>
    public async Task<(Answer Answer, string Lines)> Add(ReadOnlyMemory<byte> body)
    {
        var (submission, refusal) = AddCheckpointFeature.Read(body.Span, logs);
        if (submission is null) return (refusal!, "");
        var turn = _turns[submission.Origin];
        // Without the caller's cancellation: who hangs up must not leave a half-written answer behind.
        await turn.WaitAsync();
        try
        {
            // The disk is asked anew each time. Memory could know less than was written, where a write ended in an error after its effect.
            var answer = AddCheckpointFeature.Decide(folder.Read(submission.Origin).Seen, submission.Request);
            if (answer is not Answer.Cosign cosign) return (answer, "");
            var cosignature = folder.Key.Cosign(cosign.Checkpoint, clock.GetUtcNow().ToUnixTimeSeconds());
            folder.Write(submission.Signed.With(cosignature));
            return (answer, $"{cosignature}\n");
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What was last cosigned, with the log's signature and the cosignature; none of a log that has not been seen.</summary>
    /// <param name="originHash">Lower-case hex of the SHA-256 of its origin.</param>
    public Note? Latest(string originHash) =>
        _turns.Keys.FirstOrDefault(origin => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin))) == originHash) is { } origin ? folder.Read(origin).Note : null;

    public void Dispose()
    {
        foreach (var turn in _turns.Values) turn.Dispose();
    }
}
