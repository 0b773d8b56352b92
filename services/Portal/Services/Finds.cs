namespace Luodi.Portal.Services;

/// <summary>What a service found of what the reader may see, at most ten of a kind.</summary>
public sealed record Finds(IReadOnlyList<Find> Items);

/// <param name="Kind"><c>agreement</c>, <c>obligation</c>, <c>ceremony</c>, <c>project</c>, <c>enterprise</c>, <c>capital</c> or <c>fund</c>.</param>
public sealed record Find(string Kind, Guid Id, string Title, string? Subtitle);
