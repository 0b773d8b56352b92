namespace Luodi.Contracts.Projects;

/// <summary>What a field of the bureau's own holds, and in what form a value is kept.</summary>
public static class FieldKinds
{
    /// <summary>文本</summary>
    public const string Text = "text";

    /// <summary>数值: digits with a point, no separators, no zeros at the end of a fraction: <c>1200.5</c>.</summary>
    public const string Number = "number";

    /// <summary>日期: <c>2026-03-31</c>.</summary>
    public const string Date = "date";

    /// <summary>选项: one of the field's options, letter for letter.</summary>
    public const string Choice = "choice";

    /// <summary>是否: <see cref="Yes"/> or <see cref="No"/>.</summary>
    public const string YesNo = "yes-no";

    public const string Yes = "yes";
    public const string No = "no";

    /// <summary>In the order of every form.</summary>
    public static IReadOnlyList<string> All { get; } = [Text, Number, Date, Choice, YesNo];
}

/// <summary>Projects have a field of the bureau's own from now on.</summary>
/// <param name="FieldsId">The fields of the bureau: one record for all of them.</param>
/// <param name="Kind">One of <see cref="FieldKinds"/>, for ever.</param>
/// <param name="Options">Of a choice, in the order of the form; empty of any other kind.</param>
/// <param name="Required">A lead is not registered without it.</param>
[EventName("project_field_defined")]
public sealed record ProjectFieldDefined(Guid FieldsId, Guid FieldId, string Name, string Kind, IReadOnlyList<string> Options, bool Required);

/// <summary>The field is called, offers and asks for this from now on. What is stored in projects stays.</summary>
/// <param name="Options">Of a choice: those that may be chosen.</param>
/// <param name="RetiredOptions">Of a choice: those that once might; projects may hold them still.</param>
[EventName("project_field_changed")]
public sealed record ProjectFieldChanged(Guid FieldsId, Guid FieldId, string Name, IReadOnlyList<string> Options, IReadOnlyList<string> RetiredOptions, bool Required);

/// <summary>The field takes no new value; the reason stands beside the event. What is stored in projects stays.</summary>
/// <param name="Name">What it was called then.</param>
[EventName("project_field_retired")]
public sealed record ProjectFieldRetired(Guid FieldsId, Guid FieldId, string Name);

/// <summary>A retired field takes values again.</summary>
/// <param name="Name">What it was called then.</param>
[EventName("project_field_taken_up")]
public sealed record ProjectFieldTakenUp(Guid FieldsId, Guid FieldId, string Name);

/// <summary>A value of a field of the bureau's own was entered, changed or cleared. No personal data of the other side.</summary>
/// <param name="Name">What the field was called then.</param>
/// <param name="From">The value before, in the form of <see cref="FieldKinds"/>; null where there was none.</param>
/// <param name="To">The value from now on; null where it was cleared.</param>
[EventName("project_field_filled")]
public sealed record ProjectFieldFilled(Guid ProjectId, Guid FieldId, string Name, string? From, string? To);
