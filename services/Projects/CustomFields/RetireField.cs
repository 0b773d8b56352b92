using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.CustomFields;

public sealed record RetireField(string? Reason);

public static class RetireFieldFeature
{
    public static void MapRetireField(this IEndpointRouteBuilder fields)
    {
        fields.MapPost("{id:guid}/retire", (Guid id, RetireField command, Deciding<FieldBook> deciding, CancellationToken ct) =>
            deciding.Settle(FieldBook.Only, FieldBook.Empty, book => Retire(book, id, command), ct))
            .WithSummary("The field takes no new value, with the reason; what is stored in projects stays")
            .RequireAuthorization(Policies.Manage);

        fields.MapPost("{id:guid}/take-up", (Guid id, Deciding<FieldBook> deciding, CancellationToken ct) =>
            deciding.Settle(FieldBook.Only, FieldBook.Empty, book => TakeUp(book, id), ct))
            .WithSummary("A retired field takes values again")
            .RequireAuthorization(Policies.Manage);
    }

    public static Decision Retire(FieldBook book, Guid id, RetireField command) =>
        book.Find(id) is not { } field ? new NotFound()
        : Fields.Text(command.Reason, "reason") is { } wrong ? wrong
        : field.Retired ? Decision.Accept()
        : Decision.Accept(new ProjectFieldRetired(book.Id, id, field.Name)).Because(command.Reason!.Trim());

    public static Decision TakeUp(FieldBook book, Guid id) =>
        book.Find(id) is not { } field ? new NotFound()
        : !field.Retired ? Decision.Accept()
        : DefineFieldFeature.Taken(book, id, field.Name) ? new DefineFieldFeature.FieldNameTaken()
        : book.Fields.Count(each => !each.Retired) >= DefineFieldFeature.MostFields ? new DefineFieldFeature.TooManyFields(DefineFieldFeature.MostFields)
        : Decision.Accept(new ProjectFieldTakenUp(book.Id, id, field.Name));
}
