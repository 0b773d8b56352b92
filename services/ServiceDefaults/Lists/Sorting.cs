using Luodi.ServiceDefaults.Decisions;

namespace Luodi.ServiceDefaults.Lists;

public sealed record SortUnknown(string Columns) : Refusal("Sort by one of {Columns}, with - in front for descending.", "sort")
{
    public override int Status => 400;
}

/// <summary>The columns that a list can be sorted by.</summary>
/// <param name="columns">Each with its expression in SQL.</param>
/// <param name="last">The expression that decides between equals, so that pages neither repeat a row nor leave one out.</param>
public sealed class Sorting(string last, params (string Name, string Expression)[] columns)
{
    /// <summary>Chinese by its sounds, as a reader looks for it.</summary>
    public static string Spoken(string expression) => $"({expression}) collate \"zh-x-icu\"";

    /// <summary>Keys in the order in which they are listed.</summary>
    public static string Listed(string expression, IEnumerable<string> keys) => $"array_position(array[{string.Join(',', keys.Select(key => $"'{key}'"))}], {expression})";

    /// <summary>The order in SQL, or why there is none.</summary>
    /// <param name="sort">A column, <c>-</c> in front for descending.</param>
    public (string Order, Refusal? Unknown) Of(string? sort, string otherwise)
    {
        var asked = sort is { Length: > 0 } ? sort : otherwise;
        var descending = asked.StartsWith('-');
        var found = Array.Find(columns, column => column.Name == asked.TrimStart('-'));
        return found.Name is null
            ? ("", new SortUnknown(string.Join(", ", columns.Select(column => column.Name))))
            : ($"{found.Expression} {(descending ? "desc" : "asc")} nulls last, {last}", null);
    }
}
