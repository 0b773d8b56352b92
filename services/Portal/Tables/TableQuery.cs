using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Luodi.Portal.Tables;

/// <summary>What a table shows, as the address of its page says: conditions, order, place and columns. So a view can be sent to a colleague.</summary>
/// <param name="Filters">Every parameter of the address that is not the table's own, under the names of the service's endpoint.</param>
/// <param name="Sort">A column, with "-" in front for descending.</param>
/// <param name="Columns">The columns that were chosen; empty for the usual ones.</param>
public sealed record TableQuery(IReadOnlyDictionary<string, string> Filters, string? Sort, int Skip, int Limit, IReadOnlyList<string> Columns)
{
    public const string SortName = "sort";
    public const string SkipName = "skip";
    public const string LimitName = "limit";
    public const string ColumnsName = "columns";
    public const int UsualLimit = 25;

    // The last ones are what the reader is about to do on a page that also has a table.
    private static readonly string[] Own = [SortName, SkipName, LimitName, ColumnsName, "do", "as", "entry"];

    /// <summary>Reads an address. What makes no sense in it is as if it were not there.</summary>
    public static TableQuery Of(string address)
    {
        var given = QueryHelpers.ParseQuery(new Uri(address).Query);
        string? One(string name) => given.TryGetValue(name, out var values) && values is [.., { Length: > 0 } value] ? value : null;
        int Number(string name, int otherwise, int from, int to) =>
            int.TryParse(One(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to ? number : otherwise;
        return new(
            given.Keys.Where(name => !Own.Contains(name, StringComparer.OrdinalIgnoreCase) && One(name) is not null).Order(StringComparer.Ordinal).ToDictionary(name => name, name => One(name)!, StringComparer.Ordinal),
            One(SortName), Number(SkipName, 0, 0, int.MaxValue), Number(LimitName, UsualLimit, 1, 200), One(ColumnsName)?.Split(',') ?? []);
    }

    /// <summary>The query of the service's list.</summary>
    public string Ask(IReadOnlyDictionary<string, string>? always = null, string? usualSort = null) =>
        Written(always, Sort ?? usualSort, [(SkipName, Text(Skip)), (LimitName, Text(Limit))]);

    /// <summary>The query of the service's export: all rows that the conditions let through, these columns.</summary>
    public string Export(IEnumerable<string> columns, string format, IReadOnlyDictionary<string, string>? always = null, string? usualSort = null) =>
        Written(always, Sort ?? usualSort, [(ColumnsName, string.Join(',', columns)), ("format", format)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Written(IReadOnlyDictionary<string, string>? always, string? sort, (string, string)[] more)
    {
        var all = new Dictionary<string, string?>(Filters.ToDictionary(filter => filter.Key, filter => (string?)filter.Value, StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (name, value) in always ?? new Dictionary<string, string>(StringComparer.Ordinal)) all[name] = value;
        if (sort is not null) all[SortName] = sort;
        foreach (var (name, value) in more) all[name] = value;
        return QueryHelpers.AddQueryString("", all);
    }
}
