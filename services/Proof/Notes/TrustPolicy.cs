using System.Text;

namespace Luodi.Proof.Notes;

/// <summary>A checkpoint that a policy trusts.</summary>
/// <param name="Cosignatures">Of the policy's witnesses, with the time of each.</param>
public sealed record TrustedCheckpoint(Checkpoint Checkpoint, IReadOnlyList<Attestation> Cosignatures);

/// <summary>
/// Whom an auditor believes: logs, witnesses, and how many of them (https://c2sp.org/tlog-policy). Logs have keys of type 0x01 or of SM2, witnesses of type 0x04.
/// Where a policy has keys of both kinds for one log, its checkpoints are signed with both; of several keys of one kind, as while a key is changed, one suffices.
/// <code>
/// log VKEY
/// witness NAME VKEY
/// group NAME all|any|COUNT NAME...
/// quorum NAME|none
/// </code>
/// </summary>
public sealed class TrustPolicy
{
    /// <summary>Logs, witnesses and groups of a policy together.</summary>
    public const int MaximalLines = 1_000;

    private const string None = "none";

    private readonly Func<IReadOnlySet<VerifierKey>, bool> _quorum;

    private TrustPolicy(IReadOnlyList<VerifierKey> logs, IReadOnlyList<VerifierKey> witnesses, Func<IReadOnlySet<VerifierKey>, bool> quorum) => (Logs, Witnesses, _quorum) = (logs, witnesses, quorum);

    public IReadOnlyList<VerifierKey> Logs { get; }

    public IReadOnlyList<VerifierKey> Witnesses { get; }

    /// <summary>Reads a policy file. Its octets are opaque but for ASCII and the names of keys, which are UTF-8.</summary>
    public static TrustPolicy Parse(ReadOnlySpan<byte> file)
    {
        var text = Encoding.Latin1.GetString(file);
        if (text.Any(octet => octet is not ('\t' or '\n') and (< ' ' or '\x7f'))) throw Wrong("it has a control character");
        if (!text.EndsWith('\n')) throw Wrong("its last line has no end");
        var lines = text.Split('\n').Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Length > 0 && line[0][0] != '#').ToList();
        if (lines.Count > MaximalLines) throw Wrong($"it has more than {MaximalLines} lines");

        var (logs, witnesses) = (new List<VerifierKey>(), new List<VerifierKey>());
        var rules = new Dictionary<string, Func<IReadOnlySet<VerifierKey>, bool>>(StringComparer.Ordinal);
        var members = new HashSet<string>(StringComparer.Ordinal);
        Func<IReadOnlySet<VerifierKey>, bool>? quorum = null;

        foreach (var line in lines)
        {
            switch (line)
            {
                case ["log", ..] when line.Length is 2 or 3:
                    Add(logs, line[1], SignatureType.Ed25519, SignatureType.Sm2);
                    break;
                case ["witness", var name, ..] when line.Length is 3 or 4:
                    var witness = Add(witnesses, line[2], SignatureType.Cosignature);
                    Define(name, cosigners => cosigners.Contains(witness));
                    break;
                case ["group", var name, var many, .. var names] when names.Length > 0:
                    var parts = names.Select(part => members.Add(part) ? Rule(part) : throw Wrong($"{Strict.Short(part)} is a member twice")).ToList();
                    var needed = many switch { "all" => parts.Count, "any" => 1, _ => Strict.Number(many) };
                    if (needed < 1 || needed > parts.Count) throw Wrong($"{Strict.Short(name)} asks for {needed} of {parts.Count}");
                    Define(name, cosigners => parts.Count(part => part(cosigners)) >= needed);
                    break;
                case ["quorum", var name] when quorum is null:
                    quorum = name == None ? _ => true : Rule(name);
                    break;
                default:
                    throw Wrong($"a line is unknown, or the second of its kind: {Strict.Short(string.Join(' ', line))}");
            }
        }
        return new(logs, witnesses, quorum ?? throw Wrong("it has no quorum"));

        Func<IReadOnlySet<VerifierKey>, bool> Rule(string name) => rules.TryGetValue(name, out var rule) ? rule : throw Wrong($"{Strict.Short(name)} is not defined before it is used");

        void Define(string name, Func<IReadOnlySet<VerifierKey>, bool> rule)
        {
            if (name == None || !rules.TryAdd(name, rule)) throw Wrong($"{Strict.Short(name)} is defined twice");
        }

        static VerifierKey Add(List<VerifierKey> keys, string vkey, params ReadOnlySpan<SignatureType> types)
        {
            var key = VerifierKey.Parse(Strict.Text(Encoding.Latin1.GetBytes(vkey)));
            if (!types.Contains(key.Type)) throw Wrong($"{key.Name} is a key for something else");
            if (keys.Any(other => other.PublicBytes.Span.SequenceEqual(key.PublicBytes.Span))) throw Wrong($"the key of {key.Name} stands there twice");
            keys.Add(key);
            return key;
        }
    }

    /// <summary>The note is a checkpoint of a trusted log, signed by it under its origin, and cosigned by the quorum; or a <see cref="ProofException"/> says why not.</summary>
    public TrustedCheckpoint Check(Note note)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        if (Logs.All(log => log.Name != checkpoint.Origin)) throw new ProofException(Flaw.Log, $"The log {Strict.Short(checkpoint.Origin)} is not one that is trusted.");
        var attestations = note.Verify([.. Logs, .. Witnesses]);
        var signed = attestations.Where(attestation => attestation.Key.Name == checkpoint.Origin).Select(attestation => attestation.Key.Type).ToHashSet();
        foreach (var type in Logs.Where(log => log.Name == checkpoint.Origin).Select(log => log.Type))
        {
            if (!signed.Contains(type)) throw new ProofException(Flaw.Log, $"{checkpoint.Origin} has not signed its checkpoint with a key of type {type}.");
        }
        var cosignatures = attestations.Where(attestation => attestation.Key.Type is SignatureType.Cosignature).ToList();
        return _quorum(cosignatures.Select(cosignature => cosignature.Key).ToHashSet())
            ? new(checkpoint, cosignatures)
            : throw new ProofException(Flaw.Quorum, $"{cosignatures.Count} known cosignatures do not make the quorum.");
    }

    private static ProofException Wrong(string why) => new(Flaw.Policy, $"The policy cannot be read: {why}.");
}
