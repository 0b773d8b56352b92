using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Projects.CustomFields;

/// <param name="Kind">text, number, date, choice or yes-no; it stays.</param>
/// <param name="Options">Of a choice, in the order of the form; else left out.</param>
/// <param name="Required">A lead is not registered without it, and it is not cleared.</param>
public sealed record DefineField(string? Name, string? Kind, IReadOnlyList<string?>? Options = null, bool Required = false);

/// <param name="Options">Of a choice: all that may be chosen from now on. One that is not among them retires. Left out: as they are.</param>
public sealed record ChangeField(string? Name, IReadOnlyList<string?>? Options = null, bool Required = false);

public static class DefineFieldFeature
{
    public const int NameLimit = 50;
    public const int MostFields = 50;
    public const int MostOptions = 100;

    public sealed record FieldKindUnknown() : Refusal("A field is one of text, number, date, choice, yes-no.", "kind");

    public sealed record FieldNameTaken() : Refusal("Another field has this name.", "name");

    public sealed record TooManyFields(int Most) : Refusal("A bureau has at most {Most} fields of its own: retire one first.");

    public sealed record OptionsNotAsked() : Refusal("Only a choice has options.", "options");

    public sealed record TooManyOptions(int Most) : Refusal("A choice has at most {Most} options.", "options");

    public sealed record OptionTwice(string Option) : Refusal("This option stands there twice: {Option}.", "options");

    public static void MapDefineField(this IEndpointRouteBuilder fields)
    {
        fields.MapGet("", async ([AsParameters] AsOf asOf, IQuerySession session, Pasts pasts, CancellationToken ct) => new { id = FieldBook.Only, items = (await FieldBook.Read(session, pasts, asOf, ct)).Fields })
            .WithSummary("The fields that the bureau has defined for its projects, retired ones too")
            .RequireAuthorization(Policies.Read);

        fields.MapPost("", (DefineField command, Deciding<FieldBook> deciding, CancellationToken ct) =>
            deciding.Settle(FieldBook.Only, FieldBook.Empty, book => Decide(book, Guid.CreateVersion7(), command), ct))
            .WithSummary("Defines a field of projects")
            .RequireAuthorization(Policies.Manage);

        fields.MapPost("{id:guid}/change", (Guid id, ChangeField command, Deciding<FieldBook> deciding, CancellationToken ct) =>
            deciding.Settle(FieldBook.Only, FieldBook.Empty, book => Change(book, id, command), ct))
            .WithSummary("Renames a field, adds and retires options, says whether it is required; what is stored in projects stays")
            .RequireAuthorization(Policies.Manage);
    }

    public static Decision Decide(FieldBook book, Guid field, DefineField command)
    {
        var (name, options) = (command.Name?.Trim(), Tidied(command.Options));
        var wrong = Check.All(
            Name(book, field, name),
            command.Kind is null ? new Missing("kind") : FieldKinds.All.Contains(command.Kind) ? null : new FieldKindUnknown(),
            Options(command.Kind, options));
        return wrong.Count > 0 ? Decision.Refuse(wrong)
            : book.Fields.Count(each => !each.Retired) >= MostFields ? new TooManyFields(MostFields)
            : Decision.Accept(new ProjectFieldDefined(book.Id, field, name!, command.Kind!, options, command.Required)).Answering(new { fieldId = field });
    }

    public static Decision Change(FieldBook book, Guid id, ChangeField command)
    {
        if (book.Find(id) is not { } field) return new NotFound();
        var (name, options) = (command.Name?.Trim(), command.Options is null ? field.Options : Tidied(command.Options));
        var wrong = Check.All(Name(book, id, name), Options(field.Kind, options));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        // What was once offered may stand in a project: it is never forgotten.
        IReadOnlyList<string> retired = [.. field.Options.Concat(field.RetiredOptions).Where(option => !options.Contains(option))];
        return (name, command.Required) == (field.Name, field.Required) && options.SequenceEqual(field.Options)
            ? Decision.Accept()
            : Decision.Accept(new ProjectFieldChanged(book.Id, id, name!, options, retired, command.Required));
    }

    private static string[] Tidied(IReadOnlyList<string?>? options) => [.. (options ?? []).Select(option => option?.Trim() ?? "")];

    private static Refusal? Name(FieldBook book, Guid self, string? name) =>
        Fields.Text(name, "name", NameLimit) ?? (Taken(book, self, name!) ? new FieldNameTaken() : null);

    /// <summary>A list and a file tell their columns apart by these names.</summary>
    internal static bool Taken(FieldBook book, Guid self, string name) => book.Fields.Any(each => each.Id != self && !each.Retired && each.Name == name);

    private static Refusal? Options(string? kind, IReadOnlyList<string> options) =>
        kind is not FieldKinds.Choice ? options.Count == 0 ? null : new OptionsNotAsked()
        : options.Count == 0 ? new Missing("options")
        : options.Count > MostOptions ? new TooManyOptions(MostOptions)
        : options.Select(option => Fields.Text(option, "options", NameLimit)).FirstOrDefault(each => each is not null)
            ?? (options.GroupBy(option => option).FirstOrDefault(each => each.Count() > 1) is { Key: var twice } ? new OptionTwice(twice) : null);
}
