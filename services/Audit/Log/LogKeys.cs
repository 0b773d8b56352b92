using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Luodi.Proof.Notes;
using Luodi.ServiceDefaults;
using Luodi.Witness;

namespace Luodi.Audit.Log;

/// <summary>
/// The keys that sign checkpoints, Ed25519 and where <c>Audit:Sm2</c> says so SM2 too, as files in <c>Audit:Keys</c> that only their owner reads; the folder is looked at again and again. All of them sign, the newest last:
/// who knows the old key still verifies, until its file is taken away. With each new one there is a statement that the old ones and the new one have signed.
/// Beside them stands the last checkpoint that was signed, outside the database: a log that was put back to an earlier day is not signed anew.
/// </summary>
public sealed class LogKeys : IDisposable
{
    private const string LastSigned = "last-signed";

    private readonly string _folder;
    private readonly TimeProvider _clock;
    private IReadOnlyList<(string File, SignerKey Key)> _keys = [];

    public LogKeys(IConfiguration configuration, ServiceIdentity service, TimeProvider clock)
    {
        _folder = configuration["Audit:Keys"] ?? throw new InvalidOperationException("Audit:Keys is not set.");
        _clock = clock;
        Origin = configuration["Audit:Origin"] ?? $"luodi/{service.Bureau}";
        Directory.CreateDirectory(_folder);
        if (Files().Length == 0) Make(SignatureType.Ed25519);
        if (configuration.GetValue("Audit:Sm2", false) && Signing().All(key => key.Verifier.Type is not SignatureType.Sm2)) Make(SignatureType.Sm2);
    }

    /// <summary>The name of the log, which is the name of its keys.</summary>
    public string Origin { get; }

    /// <summary>Those that sign now, the newest last.</summary>
    public IReadOnlyList<SignerKey> Signing()
    {
        var files = Files();
        if (!files.SequenceEqual(_keys.Select(each => each.File)))
        {
            var before = _keys;
            _keys = [.. files.Select(file => before.FirstOrDefault(each => each.File == file) is { Key: not null } kept ? kept : (file, SignerKey.Parse(File.ReadAllText(file).Trim())))];
        }
        return [.. _keys.Select(each => each.Key)];
    }

    /// <summary>The statements of rotations, the oldest first.</summary>
    public IReadOnlyList<string> Statements() => [.. Directory.EnumerateFiles(_folder, "log-*.note").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>All keys that have ever signed: those that sign now, and those that statements name.</summary>
    public IReadOnlyList<VerifierKey> Known() => [.. Signing().Select(key => key.Verifier)
        .Concat(Statements().SelectMany(statement => statement.Split('\n')).Where(line => line.StartsWith("old ", StringComparison.Ordinal)).Select(line => VerifierKey.Parse(line[4..])))
        .DistinctBy(key => key.ToString())];

    /// <summary>Makes the next key of each kind, and the statement that says so.</summary>
    public void Rotate()
    {
        var old = Signing();
        var paths = old.Select(key => key.Verifier.Type).Distinct().Select(Make).ToList();
        var all = Signing();
        var text = $"luodi/key-rotation/v1\n{Origin}\n{string.Concat(old.Select(key => $"old {key.Verifier}\n"))}{string.Concat(all.Except(old).Select(key => $"new {key.Verifier}\n"))}";
        Write(Path.ChangeExtension(paths[0], ".note"), new Note(text, all.Select(key => key.Sign(text))).ToString());
    }

    /// <summary>The last checkpoint that was signed here; null before the first.</summary>
    public Checkpoint? Last() => File.Exists(Path.Combine(_folder, LastSigned)) ? Checkpoint.Parse(File.ReadAllText(Path.Combine(_folder, LastSigned))) : null;

    /// <summary>Keeps what is about to be signed.</summary>
    public void Keep(Checkpoint checkpoint) => Write(Path.Combine(_folder, LastSigned), checkpoint.ToString());

    public void Dispose()
    {
        foreach (var (_, key) in _keys) key.Dispose();
    }

    private string[] Files() => [.. Directory.EnumerateFiles(_folder, "log-*.key").Order(StringComparer.Ordinal)];

    private string Make(SignatureType type)
    {
        var seed = RandomNumberGenerator.GetBytes(32);
        var path = Path.Combine(_folder, $"log-{_clock.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}-{type.ToString().ToLowerInvariant()}.key");
        Write(path, SignerKey.Encode(Origin, type, seed) + "\n");
        CryptographicOperations.ZeroMemory(seed);
        return path;
    }

    private static void Write(string path, string text) => DurableFile.Write(path, Encoding.UTF8.GetBytes(text));
}
