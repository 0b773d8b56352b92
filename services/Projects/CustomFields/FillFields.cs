using System.Globalization;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.CustomFields;

/// <param name="Fields">By the field's id: its value in the form of <see cref="FieldKinds"/>; null or empty clears it. A field that is left out keeps its value.</param>
public sealed record FillFields(IReadOnlyDictionary<Guid, string?>? Fields);

public static class FillFieldsFeature
{
    private const int Decimals = 4;

    // With four decimals that is 15 digits, which a spreadsheet keeps.
    private const decimal NumberLimit = 100_000_000_000m;

    public sealed record FieldUnknown(string Field) : Refusal("The bureau has no such field.", Field);

    public sealed record FieldRetired(string Field) : Refusal("The field was retired: it takes no new value.", Field);

    public sealed record NumberMalformed(string Field, int Decimals) : Refusal("A number has digits and a point, no separators, at most {Decimals} decimals and 11 digits before the point.", Field);

    public sealed record DateMalformed(string Field) : Refusal("A date is year, month and day, such as 2026-03-31.", Field);

    public sealed record NotAnOption(string Field, string Options) : Refusal("One of these: {Options}.", Field);

    public sealed record NeitherYesNorNo(string Field) : Refusal("The value is yes or no.", Field);

    public static void MapFillFields(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/fill", (Guid id, FillFields command, Deciding<Project> project, CancellationToken ct) =>
            // Who retires a field meanwhile waits for this one, and what comes after it sees it retired.
            project.Decide(id, async (state, facts) => Decide(state, command, await facts.Shared<FieldBook>(FieldBook.Only) ?? FieldBook.Empty), ct))
        .WithSummary("Fills in fields of the bureau's own, by their ids; what is left out stays")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, FillFields command, FieldBook book)
    {
        if (command.Fields is null) return new Missing("fields");
        var (filled, wrong) = Fill(project.Id, book, command.Fields, project.Fields);
        return wrong.Count > 0 ? Decision.Refuse(wrong) : Decision.Accept([.. filled]);
    }

    /// <summary>What filling these in changes, in the order in which the fields were defined, or what is wrong with each.</summary>
    /// <param name="held">The values so far.</param>
    internal static (IReadOnlyList<ProjectFieldFilled> Filled, IReadOnlyList<Refusal> Wrong) Fill(Guid project, FieldBook book, IReadOnlyDictionary<Guid, string?> given, IReadOnlyDictionary<Guid, string> held)
    {
        List<ProjectFieldFilled> filled = [];
        List<Refusal> wrong = [.. given.Keys.Where(id => book.Find(id) is null).Select(id => new FieldUnknown(id.ToString()))];
        foreach (var field in book.Fields.Where(each => given.ContainsKey(each.Id)))
        {
            var before = held.GetValueOrDefault(field.Id);
            var (value, refusal) = Read(field, given[field.Id], before);
            if (refusal is not null) wrong.Add(refusal);
            else if (value != before) filled.Add(new ProjectFieldFilled(project, field.Id, field.Name, before, value));
        }
        return (filled, wrong);
    }

    private static (string? Value, Refusal? Wrong) Read(ProjectField field, string? given, string? held)
    {
        var name = field.Id.ToString();
        var text = string.IsNullOrWhiteSpace(given) ? null : given.Trim();
        if (field.Retired) return text == held ? (held, null) : (null, new FieldRetired(name));
        if (text is null) return (null, field.Required ? new Missing(name) : null);
        // An option that was retired stays where it stands.
        if (text == held) return (held, null);
        return field.Kind switch
        {
            FieldKinds.Number => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && Math.Abs(number) < NumberLimit && number == decimal.Round(number, Decimals)
                    ? (number == 0 ? "0" : number.ToString("0.####", CultureInfo.InvariantCulture), null)
                    : (null, new NumberMalformed(name, Decimals)),
            FieldKinds.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? (text, Fields.Date(date, name))
                : (null, new DateMalformed(name)),
            FieldKinds.Choice => (text, field.Options.Contains(text) ? null : new NotAnOption(name, string.Join(", ", field.Options))),
            FieldKinds.YesNo => (text, text is FieldKinds.Yes or FieldKinds.No ? null : new NeitherYesNorNo(name)),
            _ => (text, Fields.Text(text, name)),
        };
    }
}
