using System.Globalization;
using System.Text.Json;
using Luodi.Contracts;
using Luodi.Portal.Events;
using Luodi.Portal.Language;
using Luodi.Portal.Services;
using Microsoft.Extensions.Localization;

namespace Luodi.Portal.Figures;

/// <summary>
/// How figures, dates and names are written, in the reader's language. Units and scales are words too: Chinese counts in 万 and 亿,
/// English in millions and billions. What is rounded here is exact in <see cref="Exact"/>, which every page shows on hover.
/// </summary>
public sealed class Written(IStringLocalizer<Words> words, DepartmentNames departments)
{
    // China has one time and no daylight saving, and a machine may come without a table of time zones.
    private static readonly TimeSpan BeijingTime = TimeSpan.FromHours(8);

    private const string ServiceActor = "service:";

    /// <summary>42.11 亿元; below that 9,000.00 万元.</summary>
    public string Amount(Money money)
    {
        if (money.Currency != "CNY") return words["Amount.Foreign", money.Value, money.Currency];
        return IsLarge(money) ? words["Amount.Large", Scaled(money, "Amount.Large")] : words["Amount.Small", Scaled(money, "Amount.Small")];
    }

    /// <summary>The same in two parts, for a figure set large with its unit small.</summary>
    public (string Number, string Unit) Hero(Money money)
    {
        if (money.Currency != "CNY") return (money.Value.ToString("N2", CultureInfo.CurrentCulture), money.Currency);
        var size = IsLarge(money) ? "Amount.Large" : "Amount.Small";
        return (Scaled(money, size), words[$"{size}Unit"]);
    }

    /// <summary>4,211,000,000.00 元.</summary>
    public string Exact(Money money) => money.Currency == "CNY" ? words["Amount.Exact", money.Value] : words["Amount.Foreign", money.Value, money.Currency];

    /// <summary>A number under a heading that names the unit (<c>Amount.ColumnUnit</c>).</summary>
    public string Column(Money money) => (money.Value / Scale("Amount.Column")).ToString(words["Amount.Column"], CultureInfo.CurrentCulture);

    /// <summary>The same for a change, its sign always written.</summary>
    public string Change(Money money) => Sign(money.Value) + (Math.Abs(money.Value) / Scale("Amount.Column")).ToString(words["Amount.Column"], CultureInfo.CurrentCulture);

    public string Change(int count) => Sign(count) + Math.Abs(count).ToString("N0", CultureInfo.CurrentCulture);

    public string ChangeExact(Money money) => Sign(money.Value) + Exact(new Money(Math.Abs(money.Value), money.Currency));

    public string ChangeAmount(Money money) => Sign(money.Value) + Amount(new Money(Math.Abs(money.Value), money.Currency));

    /// <summary>+22.2%.</summary>
    public string ChangeShare(decimal share) => Sign(share) + Math.Abs(share).ToString("P1", CultureInfo.CurrentCulture);

    /// <summary>A bar's length, in <c>Amount.ChartUnit</c>.</summary>
    public decimal Bar(Money money) => money.Value / Scale("Amount.Chart");

    public string BarNumber(Money money) => string.Format(CultureInfo.CurrentCulture, words["Amount.ChartNumber"], Bar(money));

    public string Count(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    public string Share(decimal part, decimal whole) => whole == 0 ? "–" : (part / whole).ToString("P1", CultureInfo.CurrentCulture);

    public string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public string MonthName(int month) => CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedMonthName(month);

    /// <summary>The day in Beijing.</summary>
    public DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(BeijingTime).DateTime);

    /// <summary>Who did it: a login name; a part of the system by its own name.</summary>
    public string Actor(string? actor) => actor switch
    {
        null => "–",
        _ when actor.StartsWith(ServiceActor, StringComparison.Ordinal) => Word("Actor", actor[ServiceActor.Length..]),
        _ => actor,
    };

    /// <summary>In Beijing time, to the second.</summary>
    public string Instant(DateTimeOffset instant) => instant.ToOffset(BeijingTime).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>As a browser's field for date and time has it, in Beijing time.</summary>
    public string Local(DateTimeOffset instant) => instant.ToOffset(BeijingTime).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What was typed into such a field; null for nothing.</summary>
    public DateTimeOffset? InstantOf(string? local) =>
        DateTime.TryParse(local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), BeijingTime) : null;

    public string TimeOfDay(DateTimeOffset instant) => instant.ToOffset(BeijingTime).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The word of the bureau for a key of an API. A key that is newer than this portal is shown as it is.</summary>
    public string Word(string family, string key) => words[$"{family}.{key}"] is { ResourceNotFound: false } word ? word : key;

    /// <summary>Keys of an API with their words, to choose from.</summary>
    public IReadOnlyList<(string Key, string Word)> Choices(string family, IEnumerable<string> keys) => [.. keys.Select(key => (key, Word(family, key)))];

    /// <summary>What stands in a field of the bureau's own.</summary>
    public string Value(OwnField field, string value) => field.Kind is Contracts.Projects.FieldKinds.YesNo ? Word("YesNo", value) : value;

    /// <summary>A department by its name.</summary>
    public string Department(string code) => departments.Of(code) ?? code;

    /// <summary>A district block by its name.</summary>
    public string Block(string code) => departments.Of(code, Contracts.Portal.TermKinds.Block) ?? code;

    /// <summary>The amount that an event speaks of, or the change of it; null for none.</summary>
    public string? AmountOf(JsonElement data) => Amounts.Of(data) switch
    {
        (null, { } to, _) => Amount(to),
        ({ } from, { } to, null) => words["History.AmountChange", Amount(from), Amount(to)],
        ({ } from, { } to, { } part) => words["History.FixedAssets", from == to ? Amount(to) : words["History.AmountChange", Amount(from), Amount(to)].Value, Amount(part)],
        _ => null,
    };

    /// <summary>An event's data as they were stored, digit for digit, one member a line.</summary>
    public string Json(JsonElement data) => JsonSerializer.Serialize(data, Indented);

    private static readonly JsonSerializerOptions Indented = new(Contracts.Wire.WireJson.Options) { WriteIndented = true };

    private static string Sign(decimal value) => value < 0 ? "−" : value > 0 ? "+" : "";

    // Zero is written in the large unit: a residue of "0.00 亿元" stands under sums in that unit.
    private bool IsLarge(Money money) => money.Value == 0 || Math.Abs(money.Value) >= Scale("Amount.Large", "From");

    private string Scaled(Money money, string size) => string.Format(CultureInfo.CurrentCulture, words[$"{size}Number"], money.Value / Scale(size));

    private decimal Scale(string size, string part = "Scale") => decimal.Parse(words[size + part], CultureInfo.InvariantCulture);
}
