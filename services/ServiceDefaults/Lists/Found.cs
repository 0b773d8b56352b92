namespace Luodi.ServiceDefaults.Lists;

/// <summary>One hit of a search.</summary>
/// <param name="Kind">What kind of record: <c>agreement</c>, <c>obligation</c>, <c>ceremony</c>, <c>project</c>, <c>enterprise</c>, <c>capital</c>, <c>fund</c>.</param>
public sealed record Found(string Kind, Guid Id, string Title, string Subtitle)
{
    /// <summary>A search shows at most this many of a kind.</summary>
    public const int Limit = 10;
}
