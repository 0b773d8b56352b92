namespace Luodi.ServiceDefaults.Lists;

/// <summary>
/// An index by which a word is found anywhere in a text, Chinese ones of one or two characters too, for which trigrams are too long: it holds each
/// text's characters and pairs of neighbours. It narrows down; whether the word is there <c>ilike</c> decides.
/// </summary>
public static class WordIndex
{
    /// <summary>The function of a schema that indexes and conditions use.</summary>
    public static string Function(string schema) => $"""
        create or replace function {schema}.pairs(text) returns text[] language sql immutable strict parallel safe as $$
          select coalesce(array_agg(distinct substr(lower($1), place, span)), '{"{}"}') from generate_series(1, length($1)) place, generate_series(1, 2) span where place + span <= length($1) + 1
        $$;
        """;

    /// <summary>Marten is to be told to leave the index alone.</summary>
    /// <param name="expression">The text.</param>
    public static string Create(string name, string schema, string table, string expression) => $"create index if not exists {name} on {schema}.{table} using gin ({schema}.pairs({expression}));";

    /// <summary>A condition that the index serves. Where a scan is cheaper, what costs least is asked first.</summary>
    /// <param name="word">The word, in SQL.</param>
    /// <param name="pattern">The pattern that finds it.</param>
    internal static string Finds(string schema, string expression, string word, string pattern) => $"({expression} ilike {pattern} and {schema}.pairs({expression}) @> {schema}.pairs({word}))";
}
