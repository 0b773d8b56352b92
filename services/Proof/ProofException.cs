namespace Luodi.Proof;

/// <summary>What is wrong with something that should prove something. The name is for programs and translations, the message of the exception says where.</summary>
public enum Flaw
{
    /// <summary>Not UTF-8, or with control characters.</summary>
    Text,

    /// <summary>No base64, or not in its one form (padding, trailing bits, blanks).</summary>
    Base64,

    /// <summary>No decimal number in its one form (sign, leading zero, blank), or above 2^63 - 1.</summary>
    Number,

    /// <summary>Not 32 bytes.</summary>
    DigestLength,

    /// <summary>A line above 65,535 bytes.</summary>
    LineLength,

    /// <summary>The name of a key is empty or has a space or a plus.</summary>
    KeyName,

    /// <summary>The encoding of a key: its parts, its type, its length, or two known keys that cannot be told apart.</summary>
    Key,

    /// <summary>A key does not have the id that it claims.</summary>
    KeyId,

    /// <summary>A note without its parts.</summary>
    Note,

    /// <summary>More signatures than are looked at.</summary>
    SignatureCount,

    /// <summary>A signature of a known key does not verify: somebody changed the text, the signature or both.</summary>
    Signature,

    /// <summary>No known key signed.</summary>
    Unsigned,

    /// <summary>A checkpoint's origin, size, root or extension lines.</summary>
    Checkpoint,

    /// <summary>The lines of a trust policy.</summary>
    Policy,

    /// <summary>The log is none that the policy trusts, or its signature is missing.</summary>
    Log,

    /// <summary>Too few witnesses have cosigned.</summary>
    Quorum,

    /// <summary>The name of a tile or bundle.</summary>
    TileName,

    /// <summary>A tile's length is not its width, or it is not of this tree.</summary>
    Tile,

    /// <summary>A bundle does not hold exactly its entries.</summary>
    Bundle,

    /// <summary>An entry above 65,535 bytes.</summary>
    EntryLength,

    /// <summary>An index or a size beyond the tree.</summary>
    Bounds,

    /// <summary>More or fewer hashes than a proof of this place has.</summary>
    PathLength,

    /// <summary>The hashes do not lead to the root.</summary>
    Root,

    /// <summary>The lines of a proof file.</summary>
    ProofFile,

    /// <summary>The lines of a consistency proof.</summary>
    ConsistencyFile,

    /// <summary>The header of an event is not in canonical form or names no payload.</summary>
    Header,

    /// <summary>The payload is not the one that the header names.</summary>
    Payload,

    /// <summary>The archive of an evidence pack is not written as packs are, or is damaged.</summary>
    Archive,

    /// <summary>A file of a pack has a name that no pack knows, or that another one has.</summary>
    PackName,

    /// <summary>A pack has more files, or more bytes, than are read, or bytes that unpack to suspiciously many.</summary>
    PackLimit,

    /// <summary>A file of a pack is missing, or one is there that belongs to nothing.</summary>
    PackPart,

    /// <summary>The manifest of a pack.</summary>
    Manifest,

    /// <summary>A file of a pack is not what its name says: another index, another size.</summary>
    Place,

    /// <summary>One event stands at two places.</summary>
    Twice,

    /// <summary>The events of a source do not follow one another: a hole, or another order.</summary>
    Chain,

    /// <summary>Nothing shows that two checkpoints are of one log that has only grown.</summary>
    Apart,

    /// <summary>The figure does not follow from its events, or is of a kind that is not known.</summary>
    Figure,
}

/// <summary>The one way in which this library says no: nothing is proven, and <see cref="Flaw"/> is why. Whatever bytes a reader here is given, it throws nothing else.</summary>
public sealed class ProofException(Flaw flaw, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What is wrong.</summary>
    public Flaw Flaw { get; } = flaw;
}
