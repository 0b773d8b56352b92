using System.Globalization;

namespace Luodi.ServiceDefaults.Lists;

/// <summary>
/// An index by which a word is found anywhere in the texts of a document, Chinese ones of one or two characters too, for which trigrams are too long:
/// it holds their characters and pairs of neighbours. It narrows down; whether the word is there <c>ilike</c> decides.
/// </summary>
/// <param name="name">Of the index and of its function; Marten is to be told to leave it alone.</param>
/// <param name="texts">In SQL, with <c>{0}</c> for the document.</param>
public sealed class WordIndex(string schema, string table, string name, params string[] texts)
{
    public string Name => name;

    /// <summary>What makes the index, and changes nothing the second time. Where it is dear to ask (a scan of many rows), PostgreSQL asks the function last.</summary>
    public string Statement => $"""
        create or replace function {schema}.pairs(text) returns text[] language sql immutable strict parallel safe cost 1000 as $$
          select coalesce(array_agg(distinct substr(lower($1), place, span)), '{"{}"}') from generate_series(1, length($1)) place, generate_series(1, 2) span where place + span <= length($1) + 1
        $$;
        create or replace function {schema}.pairs_of_word(text) returns text[] language sql immutable strict parallel safe as $$
          select case when length($1) < 2 then array[lower($1)] else array(select substr(lower($1), place, 2) from generate_series(1, length($1) - 1) place) end
        $$;
        create or replace function {schema}.{name}(jsonb) returns text[] language sql immutable strict parallel safe cost 1000 as $$
          select {schema}.pairs(concat_ws(E'\n', {string.Join(", ", Of("$1"))}))
        $$;
        create index if not exists {name} on {schema}.{table} using gin ({schema}.{name}(data));
        """;

    /// <summary>A condition on <c>d.data</c>.</summary>
    /// <param name="word">The word, in SQL.</param>
    /// <param name="pattern">The pattern that finds it.</param>
    // PostgreSQL knows how often pairs are met, and takes ilike for far rarer than the pairs of the same word, unless it stands where it does not guess.
    internal string Finds(string word, string pattern) =>
        $"{schema}.{name}(d.data) @> {schema}.pairs_of_word({word}) and case when {string.Join(" or ", Of("d.data").Select(text => $"{text} ilike {pattern}"))} then true end";

    private IEnumerable<string> Of(string document) => texts.Select(text => string.Format(CultureInfo.InvariantCulture, text, document));
}
