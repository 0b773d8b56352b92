using System.Reflection;

namespace Luodi.Projects.Lists;

/// <summary>Conditions on fields of the bureau's own, whose names no parameter can have: <c>field.ID=VALUE</c>.</summary>
public sealed record FieldConditions(IReadOnlyList<(string Field, string Value)> All)
{
    private const string Prefix = "field.";

    /// <summary>What a field is called in an address and among the columns of a file.</summary>
    public static string Name(Guid field) => $"{Prefix}{field}";

    public static ValueTask<FieldConditions?> BindAsync(HttpContext http, ParameterInfo _) => ValueTask.FromResult<FieldConditions?>(new(
    [
        .. from given in http.Request.Query
           where given.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && given.Value is [.., { Length: > 0 }]
           select (given.Key[Prefix.Length..].ToLowerInvariant(), given.Value[^1]!),
    ]));
}
