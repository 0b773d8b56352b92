using System.Text;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Tiles;
using Luodi.Proof.Tree;

namespace Luodi.Specs.Proof;

/// <summary>The log of fifteen words that Tessera publishes as test data (github.com/transparency-dev/tessera, testdata), with its published test keys.</summary>
internal static class GoldenLog
{
    public const string Key = "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg";
    public const string PublicKey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    public const string WitnessKey = "witness.example/w1+b89b4420+BFhZSmQj9+SoL+p/nN0Hh76xXmF7QcHfytUrI1XfSClk";
    public const string WitnessLine = "\u2014 witness.example/w1 uJtEIAAAAABlU/EAYEDMPd8Ge7XzsHcNU+F3AzavfsuzhRT3gC4BORiySViMAWQq5znn5g+ruu+iDztzMS3EeF6xr4ug+O66ORoSAw==\n";

    /// <summary>When the witness saw the log of 15, in seconds.</summary>
    public const long WitnessedAt = 1_700_000_000;

    public const string Origin = "example.com/log/testdata";

    public const string Checkpoint15 = """
        example.com/log/testdata
        15
        rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=

        — example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=

        """;

    public static byte[][] Entries { get; } = [.. "one two three four five six seven eit nain ten ileven twelf threeten fourten fivten".Split(' ').Select(Encoding.UTF8.GetBytes)];

    public static Digest[] Leaves { get; } = [.. Entries.Select(entry => MerkleTree.Leaf(entry))];

    /// <summary>The seed of Tessera's test key <c>Wit1</c>, which cosigns as <c>witness.example/w1</c> here.</summary>
    public static byte[] WitnessSeed { get; } = Convert.FromBase64String("AeadRiG7XM4XiieCHzD8lxysXMwcViy5nYsoXURWGrlE")[1..];

    public static TileEdge Edge(int size) => TileEdge.Empty.Append(Leaves[..size]).Edge;

    public static Checkpoint Checkpoint(int size) => new(Origin, size, Edge(size).Root);

    /// <summary>The path of an entry in the log of 15, from its one tile.</summary>
    public static IReadOnlyList<Digest> Path(int index) => ProofPlan.Inclusion(index, 15).Compute(TileEdge.Empty.Append(Leaves).Written);

    /// <summary>That an entry stands in the log of 15, with the witness's cosignature.</summary>
    public static LogProof Proof(int index, ReadOnlyMemory<byte> extra = default) => new(index, Path(index), Note.Parse(Encoding.UTF8.GetBytes(Checkpoint15 + WitnessLine)), extra);
}
