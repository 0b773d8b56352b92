using System.Globalization;
using System.Runtime.InteropServices;

namespace Luodi.Proof.Tiles;

/// <summary>
/// Names a tile of hashes or a bundle of entries as the path under which a log serves it, for instance <c>tile/0/x001/067.p/112</c> (https://c2sp.org/tlog-tiles).
/// A name whose hashes would lie beyond a tree of 2^63 - 1 leaves is refused.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TileName
{
    /// <summary>Of a full tile.</summary>
    public const int FullWidth = 256;

    private const string Entries = "entries";

    /// <param name="level">0 for leaves, one more for each 8 levels of the tree; none for entries.</param>
    /// <param name="index">Its place on its level.</param>
    /// <param name="width">1 to 256 hashes or entries.</param>
    public TileName(int? level, long index, int width)
    {
        if (level is < 0 or > 7 || index < 0 || width is < 1 or > FullWidth || (((UInt128)index * FullWidth) + (UInt128)width) << (8 * (level ?? 0)) > (UInt128)long.MaxValue)
        {
            throw new ProofException(Flaw.TileName, $"No tree has a tile of level {level?.ToString(CultureInfo.InvariantCulture) ?? Entries}, index {index} and width {width}.");
        }
        (Level, Index, Width) = (level, index, width);
    }

    /// <summary>None for a bundle of entries.</summary>
    public int? Level { get; }

    /// <summary>Its place on its level.</summary>
    public long Index { get; }

    /// <summary>1 to 256 hashes or entries.</summary>
    public int Width { get; }

    /// <summary>The tile at this place as it is in a tree of this size: full, or as wide as the tree reaches.</summary>
    public static TileName Of(int? level, long index, long size)
    {
        var beyond = level is < 0 or > 7 || size < 0 || index < 0 || (size >> (8 * (level ?? 0))) / FullWidth < index;
        return new(level, index, beyond ? 0 : (int)long.Min(FullWidth, (size >> (8 * (level ?? 0))) - (index * FullWidth)));
    }

    /// <summary>The unfinished tiles at the right edge of a tree of this size, leaves first; without bundles.</summary>
    public static IEnumerable<TileName> Unfinished(long size)
    {
        for (var level = 0; level < 8 && size >> (8 * level) > 0; level++)
        {
            var width = (int)((size >> (8 * level)) % FullWidth);
            if (width > 0) yield return new(level, (size >> (8 * level)) / FullWidth, width);
        }
    }

    /// <summary>Reads a path; only the form that <see cref="ToString"/> writes.</summary>
    public static TileName Parse(string path)
    {
        var parts = path.Split('/');
        var partial = parts.Length > 3 && parts[^2].EndsWith(".p", StringComparison.Ordinal);
        var groups = (partial ? parts[..^1] : parts).Skip(2);
        var digits = string.Concat(groups.Select(group => group.Trim('x'))).Replace(".p", "", StringComparison.Ordinal).TrimStart('0');
        try
        {
            var name = new TileName(
                parts.Length < 3 ? -1 : parts[1] == Entries ? null : (int)long.Min(int.MaxValue, Strict.Number(parts[1])),
                Strict.Number(digits.Length == 0 ? "0" : digits),
                partial ? (int)long.Min(int.MaxValue, Strict.Number(parts[^1])) : FullWidth);
            // Lenient above, exact here: a name has one form.
            if (name.ToString() == path) return name;
        }
        catch (ProofException flaw) when (flaw.Flaw is Flaw.Number)
        {
        }
        throw new ProofException(Flaw.TileName, $"Not the path of a tile: {Strict.Short(path)}.");
    }

    /// <summary>The path, without a slash in front.</summary>
    public override string ToString()
    {
        var groups = (Index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (var rest = Index / 1000; rest > 0; rest /= 1000) groups = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/{groups}");
        return string.Create(CultureInfo.InvariantCulture, $"tile/{Level?.ToString(CultureInfo.InvariantCulture) ?? Entries}/{groups}{(Width < FullWidth ? $".p/{Width}" : "")}");
    }
}
