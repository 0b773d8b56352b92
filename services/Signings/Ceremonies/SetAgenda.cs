using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Agreements;

namespace Luodi.Signings.Ceremonies;

/// <param name="Agreements">In their new order; those that are left out keep their places.</param>
public sealed record SetAgenda(IReadOnlyList<Guid>? Agreements);

public static class SetAgendaFeature
{
    public sealed record NotAtThisCeremony() : Refusal("The agenda names an agreement that is not signed at this ceremony.", "agreements");

    public sealed record NamedTwice() : Refusal("The agenda names an agreement twice.", "agreements");

    public static void MapSetAgenda(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapPost("{id:guid}/agenda", (Guid id, SetAgenda command, Deciding<Ceremony> ceremony, CancellationToken ct) =>
            ceremony.Decide(id, async (state, facts) => Decide(
                state, command, [.. (await facts.Where<AgreementView>(view => view.CeremonyId == id)).OrderBy(view => view.Number, StringComparer.Ordinal).Select(view => view.Id)]), ct))
        .WithSummary("Sets the order in which the ceremony's agreements are called up, until it is closed")
        .RequireAuthorization(Policies.LogDeals);

    /// <param name="papers">The ceremony's agreements by number, also those that somebody of another department does not see.</param>
    public static Decision Decide(Ceremony ceremony, SetAgenda command, IReadOnlyList<Guid> papers)
    {
        if (command.Agreements is not { } named) return new Missing("agreements");
        if (ceremony.Status is CeremonyStatus.Closed) return new CloseCeremonyFeature.CeremonyAlreadyClosed();
        if (named.Distinct().Count() < named.Count) return new NamedTwice();
        if (named.Except(papers).Any()) return new NotAtThisCeremony();
        var before = ceremony.Agenda.Intersect(papers).Union(papers).ToList();
        // What is named changes places among its own; the others stay where they are.
        var next = new Queue<Guid>(named);
        var after = before.Select(paper => named.Contains(paper) ? next.Dequeue() : paper).ToList();
        return after.SequenceEqual(ceremony.Agenda) ? Decision.Accept() : Decision.Accept(new AgendaSet(ceremony.Id, after));
    }
}
