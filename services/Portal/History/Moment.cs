namespace Luodi.Portal.History;

/// <summary>A record as it stood after some of its events, in the words of its page.</summary>
/// <param name="Name">What the record is called.</param>
public sealed record Moment(string Name, IReadOnlyList<MomentLine> Lines);

/// <param name="Key">Tells lines of two moments apart.</param>
/// <param name="Value">Null where there is none.</param>
/// <param name="Exact">Amounts: to the fen.</param>
public sealed record MomentLine(string Key, string Label, string? Value, string? Exact = null);
