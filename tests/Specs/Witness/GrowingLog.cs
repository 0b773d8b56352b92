using System.Globalization;
using System.Text;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;

namespace Luodi.Specs.Witness;

/// <summary>A log of a few entries, as it stood at each of its sizes; one that forks has other entries from there on.</summary>
internal sealed class GrowingLog : IDisposable
{
    private readonly Digest[] _leaves;
    private readonly SignerKey _key;

    public GrowingLog(string origin = "log.example/nanhu", int fork = int.MaxValue, byte seed = 1)
    {
        _key = new(origin, SignatureType.Ed25519, Enumerable.Repeat(seed, 32).ToArray());
        _leaves = [.. Enumerable.Range(0, 40).Select(at => MerkleTree.Leaf(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at}{(at >= fork ? " forged" : "")}"))))];
    }

    public VerifierKey Key => _key.Verifier;

    public Checkpoint At(int size) => new(_key.Verifier.Name, size, TileEdge.Empty.Append(_leaves[..size]).Edge.Root);

    public Note Signed(int size) => At(size).Sign(_key);

    public NoteSignature Sign(string text) => _key.Sign(text);

    public IReadOnlyList<Digest> Path(int from, int to) => ProofPlan.Consistency(from, to).Compute(TileEdge.Empty.Append(_leaves[..to]).Written);

    public AddCheckpointRequest Request(int from, int to) => new(from, Path(from, to), Signed(to));

    public byte[] Body(int from, int to) => Request(from, to).ToArray();

    public void Dispose() => _key.Dispose();
}
