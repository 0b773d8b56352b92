using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Luodi.Proof;
using Luodi.Proof.Notes;

namespace Luodi.Witness;

/// <summary>Something that was in the folder is gone, damaged or older than it was. The witness does not go on: signing from an earlier state would bless two histories of one log.</summary>
public sealed class FolderLostException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// What a witness keeps, on its own disk.
/// <code>
/// key            its private key, for its owner alone to read
/// origins        SIZE ORIGIN, a line for each log that was ever cosigned
/// logs/HASH      the last checkpoint that was cosigned, with the cosignature; HASH is the SHA-256 of the origin
/// lock           held while it runs
/// </code>
/// Two files say how far a log was seen, so that losing one, or putting back an older one, is noticed. A folder that is put back whole is not: after that a witness needs a new key.
/// </summary>
public sealed class WitnessFolder : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;
    private readonly Lock _origins = new();

    private WitnessFolder(string path, FileStream held, SignerKey key) => (_path, _lock, Key) = (path, held, key);

    /// <summary>Of the witness.</summary>
    public SignerKey Key { get; }

    /// <summary>Opens the folder for this process alone; a folder without anything becomes one with a new key.</summary>
    public static WitnessFolder Open(string path, string name)
    {
        Directory.CreateDirectory(Path.Combine(path, "logs"));
        var held = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var (file, origins) = (Path.Combine(path, "key"), Path.Combine(path, "origins"));
            var seen = Directory.EnumerateFiles(Path.Combine(path, "logs")).Any() || (File.Exists(origins) && new FileInfo(origins).Length > 0);
            if (!File.Exists(file))
            {
                if (seen) throw new FolderLostException($"{file} is gone, and logs were seen with it.");
                // The list first: a key without a list is one whose list was lost.
                DurableFile.Write(origins, []);
                DurableFile.Write(file, Encoding.UTF8.GetBytes(NewKey(name)));
            }
            var key = ReadKey(file);
            if (key.Verifier.Name == name) return new(path, held, key);
            key.Dispose();
            throw new InvalidOperationException($"The key in {file} is that of {key.Verifier.Name}, not of {name}.");
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Every log that was ever cosigned.</summary>
    public IReadOnlyCollection<string> Origins() => ReadOrigins().Keys;

    /// <summary>How far a log was seen, and the note that says so; nothing, and none, for one that never was.</summary>
    public (Seen Seen, Note? Note) Read(string origin)
    {
        var known = ReadOrigins().TryGetValue(origin, out var least);
        var file = FileOf(origin);
        if (!File.Exists(file)) return known ? throw new FolderLostException($"{file} is gone, and {origin} was seen at {least}.") : (Seen.Nothing, null);
        try
        {
            var note = Note.Parse(File.ReadAllBytes(file));
            note.Verify([Key.Verifier]);
            var checkpoint = Checkpoint.Parse(note.Text);
            if (checkpoint.Origin != origin) throw new FolderLostException($"{file} is of {checkpoint.Origin}, not of {origin}.");
            if (checkpoint.Size < least) throw new FolderLostException($"{file} is of {checkpoint.Size} entries, and {origin} was seen at {least}.");
            return (new(checkpoint.Size, checkpoint.Root), note);
        }
        catch (ProofException flaw)
        {
            throw new FolderLostException($"{file} is damaged: {flaw.Message}", flaw);
        }
    }

    /// <summary>Keeps a cosigned checkpoint: when this returns a loss of power does not undo it.</summary>
    public void Write(Note cosigned)
    {
        var checkpoint = Checkpoint.Parse(cosigned.Text);
        DurableFile.Write(FileOf(checkpoint.Origin), cosigned.ToArray());
        // Second: between the two the list says less than was seen, which is no loss.
        lock (_origins)
        {
            var origins = ReadOrigins();
            if (origins.GetValueOrDefault(checkpoint.Origin, -1) >= checkpoint.Size) return;
            origins[checkpoint.Origin] = checkpoint.Size;
            DurableFile.Write(Path.Combine(_path, "origins"), Encoding.UTF8.GetBytes(string.Concat(origins.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Value} {each.Key}\n")))));
        }
    }

    public void Dispose()
    {
        Key.Dispose();
        _lock.Dispose();
    }

    private string FileOf(string origin) => Path.Combine(_path, "logs", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin))));

    private SortedDictionary<string, long> ReadOrigins()
    {
        var file = Path.Combine(_path, "origins");
        var origins = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (!File.Exists(file)) throw new FolderLostException($"{file} is gone.");
        var text = File.ReadAllText(file);
        if (text.Length > 0 && !text.EndsWith('\n')) throw new FolderLostException($"{file} is damaged.");
        foreach (var line in text.Split('\n')[..^1])
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 1 || !long.TryParse(line[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || !origins.TryAdd(line[(space + 1)..], size)) throw new FolderLostException($"{file} is damaged.");
        }
        return origins;
    }

    private static string NewKey(string name)
    {
        var seed = RandomNumberGenerator.GetBytes(32);
        try
        {
            return SignerKey.Encode(name, SignatureType.Cosignature, seed) + "\n";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private static SignerKey ReadKey(string file)
    {
        try
        {
            var key = SignerKey.Parse(File.ReadAllText(file).TrimEnd('\n'));
            if (key.Verifier.Type is SignatureType.Cosignature) return key;
            key.Dispose();
            throw new FolderLostException($"The key in {file} is not one that cosigns.");
        }
        catch (ProofException flaw)
        {
            throw new FolderLostException($"{file} is damaged: {flaw.Message}", flaw);
        }
    }
}
