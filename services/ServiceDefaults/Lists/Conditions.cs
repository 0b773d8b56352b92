using Npgsql;

namespace Luodi.ServiceDefaults.Lists;

/// <summary>The conditions of a query, joined by <c>and</c>. Values are parameters and never stand in its text.</summary>
public sealed class Conditions
{
    private readonly List<string> _conditions = [];
    private readonly List<NpgsqlParameter> _parameters = [];

    public string Text => _conditions.Count == 0 ? "true" : string.Join(" and ", _conditions);

    /// <summary>Copies: a parameter belongs to one command.</summary>
    public IEnumerable<NpgsqlParameter> Parameters => _parameters.Select(parameter => parameter.Clone());

    public void BindTo(NpgsqlParameterCollection command)
    {
        foreach (var parameter in Parameters) command.Add(parameter);
    }

    /// <summary>The placeholder of a value.</summary>
    public string Parameter(object value)
    {
        _parameters.Add(new NpgsqlParameter { Value = value });
        return $"${_parameters.Count}";
    }

    public Conditions And(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>A condition with <c>{0}</c> for its value; none where the value is null.</summary>
    public Conditions And(string condition, object? value) =>
        value is null ? this : And(condition.Replace("{0}", Parameter(value), StringComparison.Ordinal));

    /// <summary>Each of the words stands in one of the expressions, anywhere and in any case: Chinese has no blanks to find the beginnings of words by.</summary>
    public Conditions AndContains(string? words, params string[] expressions)
    {
        foreach (var word in Words(words))
        {
            var pattern = Parameter($"%{Escape(word)}%");
            And($"({string.Join(" or ", expressions.Select(expression => $"{expression} ilike {pattern}"))})");
        }
        return this;
    }

    /// <summary>The same of texts that have an index.</summary>
    /// <param name="or">What finds a word beside them, with <c>{0}</c> for its pattern.</param>
    public Conditions AndFinds(string? words, WordIndex index, string? or = null)
    {
        foreach (var word in Words(words))
        {
            var pattern = Parameter($"%{Escape(word)}%");
            var finds = index.Finds(Parameter(word), pattern);
            And(or is null ? finds : $"({finds} or {or.Replace("{0}", pattern, StringComparison.Ordinal)})");
        }
        return this;
    }

    private static string[] Words(string? words) => words?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>What somebody types is text to look for, no pattern.</summary>
    public static string Escape(string word) => word
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
