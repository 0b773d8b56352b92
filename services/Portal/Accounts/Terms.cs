using System.Text.RegularExpressions;
using JasperFx.Events;
using Luodi.Contracts;
using Luodi.Contracts.Portal;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;
using Marten.Events.Aggregation;

namespace Luodi.Portal.Accounts;

/// <summary>A term of the bureau's dictionary.</summary>
public sealed record Term(Guid Id, string Kind, string Code, string Name, bool Retired, long Version);

public static class TermHistory
{
    public static Term? Evolve(Term? term, object fact) => (term, fact) switch
    {
        (null, TermAdded e) => new(e.TermId, e.Kind, e.Code, e.Name, Retired: false, 0),
        ({ } t, TermRenamed e) => t with { Name = e.Name },
        ({ } t, TermRetired) => t with { Retired = true },
        _ => term,
    };
}

public sealed partial class TermProjection : SingleStreamProjection<Term, Guid>
{
    public override Term? Evolve(Term? snapshot, Guid id, IEvent e) => TermHistory.Evolve(snapshot, e.Data) is { } term ? term with { Version = e.Version } : null;
}

/// <param name="Code">2 to 32 small letters, digits and hyphens.</param>
public sealed record AddTerm(string? Kind, string? Code, string? Name);

public sealed record RenameTerm(string? Name);

/// <summary>The bureau's own terms: departments, blocks. Industries are part of the contracts.</summary>
public static partial class Terms
{
    public sealed record TermKindUnknown() : Refusal("The kind is one of department, block.", "kind");

    public sealed record CodeMalformed() : Refusal("A code has 2 to 32 small letters, digits and hyphens, and begins with a letter.", "code");

    public sealed record CodeTaken() : Refusal("This code is taken.", "code");

    public sealed record TermIsRetired() : Refusal("The term is retired already.");

    public static void MapTerms(this IEndpointRouteBuilder terms)
    {
        terms.MapGet("", async ([AsParameters] AsOf asOf, Rows rows, CancellationToken ct) =>
        {
            var then = await rows.At(asOf, ct);
            return new
            {
                industries = Industries.All,
                items = await then.All("d.data", "portal.mt_doc_term d", new Conditions(), "d.data->>'kind', d.data->>'code'", row => then.Document<Term>(row, 0), ct),
            };
        })
        .WithSummary("The bureau's terms: departments, blocks; retired ones are marked")
        .RequireAuthorization(Duties.ReadTerms);

        terms.MapPost("", (AddTerm command, Deciding<Term> term, CancellationToken ct) => term.Start(id => Add(id, command), ct))
            .WithSummary("Adds a term")
            .RequireAuthorization(Duties.SystemAdministration);

        terms.MapPost("{id:guid}/rename", (Guid id, RenameTerm command, Deciding<Term> term, CancellationToken ct) => term.Decide(id, state => Rename(state, command), ct))
            .WithSummary("Shows the term under another name; its code stays")
            .RequireAuthorization(Duties.SystemAdministration);

        terms.MapPost("{id:guid}/retire", (Guid id, Deciding<Term> term, CancellationToken ct) => term.Decide(id, Retire, ct))
            .WithSummary("Does not offer the term for new records any more")
            .RequireAuthorization(Duties.SystemAdministration);
    }

    public static Decision Add(Guid id, AddTerm command)
    {
        var wrong = Check.All(
            command.Kind is null ? new Missing("kind") : TermKinds.All.Contains(command.Kind) ? null : new TermKindUnknown(),
            string.IsNullOrWhiteSpace(command.Code) ? new Missing("code") : Code().IsMatch(command.Code.Trim()) ? null : new CodeMalformed(),
            Fields.Text(command.Name, "name"));
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new TermAdded(id, command.Kind!, command.Code!.Trim(), command.Name!.Trim())).Reserving(KeyOf(command.Kind!, command.Code.Trim()), new CodeTaken());
    }

    public static Decision Rename(Term term, RenameTerm command) =>
        Fields.Text(command.Name, "name") is { } wrong ? wrong
        : term.Name == command.Name!.Trim() ? Decision.Accept()
        : Decision.Accept(new TermRenamed(term.Id, command.Name.Trim()));

    public static Decision Retire(Term term) => term.Retired ? new TermIsRetired() : Decision.Accept(new TermRetired(term.Id));

    /// <summary>Held for ever: records keep the code.</summary>
    public static string KeyOf(string kind, string code) => $"term {kind} {code}";

    public static async ValueTask<Term?> Find(Facts facts, string kind, string? code) =>
        code is not null && await facts.Load<Reservation>(KeyOf(kind, code)) is { } held ? await facts.Load<Term>(held.By) : null;

    [GeneratedRegex("^[a-z][a-z0-9-]{1,31}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Code();
}
