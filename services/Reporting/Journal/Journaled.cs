using Luodi.Contracts.Wire;

namespace Luodi.Reporting.Journal;

/// <summary>An event of another service arrived. The journal holds them in the order of arrival, so that the ledger can be rebuilt from it, to the digit and to the instant.</summary>
/// <param name="RecordedAt">When the ledger learnt of it.</param>
public sealed record Journaled(DateTimeOffset RecordedAt, CloudEvent Event)
{
    /// <summary>The stored name.</summary>
    public const string Name = "journaled";

    /// <summary>The journal's stream of a record: <c>/nanhu/signings/ID</c>.</summary>
    public static string StreamOf(CloudEvent heard) => $"{heard.Source}/{heard.Subject}";
}
