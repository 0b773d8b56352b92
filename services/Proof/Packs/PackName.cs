using System.Globalization;
using System.Runtime.InteropServices;
using Luodi.Proof.Tiles;

namespace Luodi.Proof.Packs;

/// <summary>What a file of a pack is.</summary>
public enum PackPart
{
    /// <summary><c>manifest.json</c>.</summary>
    Manifest,

    /// <summary><c>checkpoint</c>: the one that the pack is about.</summary>
    Checkpoint,

    /// <summary><c>checkpoints/SIZE</c>: an older or a newer one.</summary>
    OtherCheckpoint,

    /// <summary><c>consistency/FROM-TO</c>: that the second continues the first.</summary>
    Consistency,

    /// <summary><c>entries/INDEX.header</c>.</summary>
    Header,

    /// <summary><c>entries/INDEX.payload</c>.</summary>
    Payload,

    /// <summary><c>entries/INDEX.proof</c>.</summary>
    Proof,

    /// <summary><c>log/tile/entries/…</c>: a bundle of the whole log.</summary>
    Bundle,
}

/// <summary>The name of a file in a pack, in its one form: whatever else an archive calls a file, a path to elsewhere for instance, is no name here.</summary>
/// <param name="Number">INDEX, SIZE or FROM; otherwise 0.</param>
/// <param name="To">Of a consistency proof; otherwise 0.</param>
/// <param name="Tile">Of a bundle; otherwise none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PackName(PackPart Part, long Number = 0, long To = 0, TileName? Tile = null)
{
    /// <summary>No name is longer, in bytes; all are ASCII.</summary>
    internal const int MaximalLength = 64;

    private const string Log = "log/";

    /// <summary>The most bytes that such a file has.</summary>
    internal int MaximalSize => Part switch
    {
        PackPart.Header => ushort.MaxValue,
        PackPart.Payload => 16 * 1024 * 1024,
        PackPart.Bundle => TileName.FullWidth * (2 + ushort.MaxValue),
        PackPart.Manifest => 1024 * 1024,
        _ => 256 * 1024,
    };

    /// <summary>Reads a name; only the form that <see cref="ToString"/> writes.</summary>
    public static PackName Parse(string name)
    {
        try
        {
            if (Of(name) is { } known && known.ToString() == name) return known;
        }
        catch (ProofException flaw) when (flaw.Flaw is Flaw.Number or Flaw.TileName)
        {
        }
        throw new ProofException(Flaw.PackName, $"No pack has a file {Strict.Short(name)}.");
    }

    /// <summary>The path in the archive.</summary>
    public override string ToString() => Part switch
    {
        PackPart.Manifest => "manifest.json",
        PackPart.Checkpoint => "checkpoint",
        PackPart.OtherCheckpoint => string.Create(CultureInfo.InvariantCulture, $"checkpoints/{Number}"),
        PackPart.Consistency => string.Create(CultureInfo.InvariantCulture, $"consistency/{Number}-{To}"),
        PackPart.Header => string.Create(CultureInfo.InvariantCulture, $"entries/{Number}.header"),
        PackPart.Payload => string.Create(CultureInfo.InvariantCulture, $"entries/{Number}.payload"),
        PackPart.Proof => string.Create(CultureInfo.InvariantCulture, $"entries/{Number}.proof"),
        _ => $"{Log}{Tile}",
    };

    private static PackName? Of(string name)
    {
        var (folder, rest) = name.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? (name[..slash], name[(slash + 1)..]) : ("", name);
        var (first, second) = rest.IndexOfAny(['.', '-']) is var mark and >= 0 ? (rest[..mark], rest[mark..]) : (rest, "");
        return (folder, second) switch
        {
            ("", ".json") => new(PackPart.Manifest),
            ("", "") => new(PackPart.Checkpoint),
            ("checkpoints", "") => new(PackPart.OtherCheckpoint, Strict.Number(first)),
            ("consistency", ['-', .. var to]) => new(PackPart.Consistency, Strict.Number(first), Strict.Number(to)),
            ("entries", ".header") => new(PackPart.Header, Strict.Number(first)),
            ("entries", ".payload") => new(PackPart.Payload, Strict.Number(first)),
            ("entries", ".proof") => new(PackPart.Proof, Strict.Number(first)),
            ("log", _) when TileName.Parse(rest) is { Level: null } tile => new(PackPart.Bundle, Tile: tile),
            _ => null,
        };
    }
}
