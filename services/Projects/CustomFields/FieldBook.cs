using JasperFx.Events;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten;
using Marten.Events.Aggregation;

namespace Luodi.Projects.CustomFields;

/// <summary>A field that the bureau has defined for its projects.</summary>
/// <param name="Kind">One of <see cref="FieldKinds"/>.</param>
/// <param name="Options">Of a choice: those that may be chosen.</param>
/// <param name="RetiredOptions">Of a choice: those that once might.</param>
/// <param name="Required">A lead is not registered without it.</param>
/// <param name="Retired">It takes no new value.</param>
public sealed record ProjectField(Guid Id, string Name, string Kind, IReadOnlyList<string> Options, IReadOnlyList<string> RetiredOptions, bool Required, bool Retired = false);

/// <summary>The fields of the bureau's own, in the order in which they were defined. One stream for the whole bureau.</summary>
public sealed record FieldBook(Guid Id, IReadOnlyList<ProjectField> Fields)
{
    public static Guid Only { get; } = Guid.Parse("01900000-0000-7000-8000-000000000004");

    /// <summary>As long as a manager has defined nothing.</summary>
    public static FieldBook Empty { get; } = new(Only, []);

    public ProjectField? Find(Guid field) => Fields.FirstOrDefault(each => each.Id == field);

    public static async Task<FieldBook> Read(IQuerySession session, CancellationToken ct) => await session.LoadAsync<FieldBook>(Only, ct) ?? Empty;

    /// <summary>The same as they stood.</summary>
    public static async Task<FieldBook> Read(IQuerySession session, Pasts pasts, AsOf asOf, CancellationToken ct) => asOf.IsNow ? await Read(session, ct) : (await pasts.Find<FieldBook>(Only, asOf.OfRecord, ct))?.Record ?? Empty;

    internal FieldBook With(Guid field, Func<ProjectField, ProjectField> change) => this with { Fields = [.. Fields.Select(each => each.Id == field ? change(each) : each)] };
}

public static class FieldBookHistory
{
    public static FieldBook? Evolve(FieldBook? book, object fact) => (book ?? FieldBook.Empty, fact) switch
    {
        ({ } b, ProjectFieldDefined e) => b with { Fields = [.. b.Fields, new(e.FieldId, e.Name, e.Kind, e.Options, [], e.Required)] },
        ({ } b, ProjectFieldChanged e) => b.With(e.FieldId, field => field with { Name = e.Name, Options = e.Options, RetiredOptions = e.RetiredOptions, Required = e.Required }),
        ({ } b, ProjectFieldRetired e) => b.With(e.FieldId, field => field with { Retired = true }),
        ({ } b, ProjectFieldTakenUp e) => b.With(e.FieldId, field => field with { Retired = false }),
        _ => book,
    };
}

public sealed partial class FieldBookProjection : SingleStreamProjection<FieldBook, Guid>
{
    public override FieldBook? Evolve(FieldBook? snapshot, Guid id, IEvent e) => FieldBookHistory.Evolve(snapshot, e.Data);
}

/// <summary>The fields are everybody's who may read deals; nothing else is read through them.</summary>
public sealed class FieldBookReader : ISee
{
    public Task<bool> Sees(Guid id, CancellationToken ct) => Task.FromResult(id == FieldBook.Only);
}
