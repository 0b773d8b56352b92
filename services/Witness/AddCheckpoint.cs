using System.Globalization;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Tree;

namespace Luodi.Witness;

/// <summary>What a witness has last cosigned of a log.</summary>
/// <param name="Size">In entries.</param>
public sealed record Seen(long Size, Digest Root)
{
    /// <summary>Nothing yet: every log begins empty.</summary>
    public static Seen Nothing { get; } = new(0, MerkleTree.EmptyRoot);
}

/// <summary>What a request is answered, before anything is written or signed.</summary>
public abstract record Answer
{
    /// <summary>The checkpoint continues what was seen: it is kept, and then cosigned.</summary>
    public sealed record Cosign(Checkpoint Checkpoint) : Answer;

    /// <summary>409: the proof begins elsewhere; this is where it has to begin.</summary>
    public sealed record Conflict(long Size) : Answer;

    /// <summary>Nothing changes.</summary>
    public sealed record Refuse(int Status, string Why) : Answer;
}

/// <summary>A request that is well-formed and signed by the log that it names.</summary>
public sealed record Submission(string Origin, AddCheckpointRequest Request, Note Signed);

/// <summary><c>POST /add-checkpoint</c> (https://c2sp.org/tlog-witness).</summary>
public static class AddCheckpointFeature
{
    public static void MapAddCheckpoint(this IEndpointRouteBuilder app) => app.MapPost("/add-checkpoint", async (HttpContext context, WitnessedLogs logs) =>
    {
        byte[] body;
        try
        {
            using var read = new MemoryStream();
            await context.Request.Body.CopyToAsync(read, context.RequestAborted);
            body = read.ToArray();
        }
        catch (BadHttpRequestException wrong)
        {
            return Results.Text($"{wrong.Message}\n", statusCode: wrong.StatusCode);
        }
        var (answer, lines) = await logs.Add(body);
        return answer switch
        {
            Answer.Cosign => Results.Text(lines),
            Answer.Conflict conflict => Results.Text(string.Create(CultureInfo.InvariantCulture, $"{conflict.Size}\n"), WitnessAnswer.SizeType, statusCode: 409),
            Answer.Refuse refusal => Results.Text($"{refusal.Why}\n", statusCode: refusal.Status),
            _ => throw new InvalidOperationException($"Unknown answer {answer}."),
        };
    });

    /// <summary>Reads a request as far as it can be judged without knowing what was seen before.</summary>
    /// <param name="logs">The keys that are known; several of one name are one log's.</param>
    public static (Submission? Submission, Answer.Refuse? Refusal) Read(ReadOnlySpan<byte> body, IReadOnlyList<VerifierKey> logs)
    {
        try
        {
            var request = AddCheckpointRequest.Parse(body);
            var text = request.Checkpoint.Text;
            var origin = text[..text.IndexOf('\n', StringComparison.Ordinal)];
            var keys = logs.Where(log => log.Name == origin).ToList();
            if (keys.Count == 0) return (null, new(404, "The log is not one that is witnessed here."));
            try
            {
                var signers = request.Checkpoint.Verify(keys).Select(attestation => (attestation.Key.Name, attestation.Key.Id)).ToHashSet();
                return (new(origin, request, new(text, request.Checkpoint.Signatures.Where(signature => signers.Contains((signature.KeyName, signature.KeyId))))), null);
            }
            catch (ProofException flaw)
            {
                return (null, new(403, flaw.Message));
            }
        }
        catch (ProofException flaw)
        {
            return (null, new(400, flaw.Message));
        }
    }

    /// <summary>Whether the checkpoint continues what was seen.</summary>
    public static Answer Decide(Seen seen, AddCheckpointRequest request)
    {
        try
        {
            var checkpoint = Checkpoint.Parse(request.Checkpoint.Text);
            if (request.OldSize > checkpoint.Size) return new Answer.Refuse(400, "The old size is above that of the checkpoint.");
            if (request.OldSize != seen.Size) return new Answer.Conflict(seen.Size);
            request.CheckConsistency(seen.Root, checkpoint);
            return new Answer.Cosign(checkpoint);
        }
        catch (ProofException flaw) when (flaw.Flaw is Flaw.Root or Flaw.PathLength)
        {
            return new Answer.Refuse(422, flaw.Message);
        }
        catch (ProofException flaw)
        {
            return new Answer.Refuse(400, flaw.Message);
        }
    }
}
