using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Reinvestment;

public sealed record RecogniseReinvestment(Guid? CaseId);

public sealed record ReturnReinvestment(Guid? CaseId, string? Reason);

public sealed record RevokeReinvestment(Guid? CaseId, string? Reason);

/// <summary>The second person's word on a case, and the revocation of its recognition.</summary>
public static class RecogniseReinvestmentFeature
{
    public sealed record NoSuchCase() : Refusal("No such case was logged for this fund.", "caseId");

    public sealed record CaseDoesNotWait() : Refusal("This case does not wait to be confirmed.");

    public sealed record CaseLoggedByYourself() : Refusal("You logged this yourself: somebody else has to confirm or return it.");

    public sealed record CaseNotRecognised() : Refusal("Only a case that is recognised can be revoked.");

    public static void MapRecogniseReinvestment(this IEndpointRouteBuilder books)
    {
        books.MapPost("{id:guid}/recognise-case", (Guid id, RecogniseReinvestment command, Deciding<ReinvestmentBook> book, CancellationToken ct) =>
            book.Decide(id, state => Recognise(state, command, book.Acting.Actor), ct))
            .WithSummary("Confirms a case: it is recognised from its day on")
            .RequireAuthorization(Policies.Confirm);

        books.MapPost("{id:guid}/return-case", (Guid id, ReturnReinvestment command, Deciding<ReinvestmentBook> book, CancellationToken ct) =>
            book.Decide(id, state => Return(state, command, book.Acting.Actor), ct))
            .WithSummary("Returns a case that was logged, with the reason; it can be logged anew")
            .RequireAuthorization(Policies.Confirm);

        books.MapPost("{id:guid}/revoke-case", (Guid id, RevokeReinvestment command, Deciding<ReinvestmentBook> book, CancellationToken ct) =>
            book.Decide(id, state => Revoke(state, command), ct))
            .WithSummary("Revokes the recognition of a case, with the reason; history shows that it counted")
            .RequireAuthorization(Policies.Manage);
    }

    public static Decision Recognise(ReinvestmentBook book, RecogniseReinvestment command, string actor)
    {
        if (Named(book, command.CaseId, out var found) is { } unnamed) return unnamed;
        return Waits(found!, actor) is { } no ? no : Decision.Accept(new ReinvestmentRecognised(book.Id, found!.Id)).Effective(found.On);
    }

    public static Decision Return(ReinvestmentBook book, ReturnReinvestment command, string actor)
    {
        var wrong = Check.All(Named(book, command.CaseId, out var found), Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return Waits(found!, actor) is { } no ? no : Decision.Accept(new ReinvestmentReturned(book.Id, found!.Id)).Because(command.Reason!.Trim());
    }

    public static Decision Revoke(ReinvestmentBook book, RevokeReinvestment command)
    {
        var wrong = Check.All(Named(book, command.CaseId, out var found), Fields.Text(command.Reason, "reason"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return found!.Status is not ReinvestmentStatus.Recognised ? new CaseNotRecognised()
            : Decision.Accept(new ReinvestmentRevoked(book.Id, found.Id)).Because(command.Reason!.Trim());
    }

    private static Refusal? Named(ReinvestmentBook book, Guid? id, out ReinvestmentCase? found)
    {
        found = book.Cases.FirstOrDefault(each => each.Id == id);
        return id is null ? new Missing("caseId") : found is null ? new NoSuchCase() : null;
    }

    private static Refusal? Waits(ReinvestmentCase found, string actor) =>
        found.Status is not ReinvestmentStatus.Logged ? new CaseDoesNotWait() : found.LoggedBy == actor ? new CaseLoggedByYourself() : null;
}
