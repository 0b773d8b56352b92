using System.Data.Common;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;
using Luodi.Signings.Agreements;
using Luodi.Signings.KnownProjects;
using Marten;

namespace Luodi.Signings.Obligations;

/// <summary>Which obligations a list, a file or a search shows.</summary>
/// <param name="Project">Also of the records that it stands for.</param>
/// <param name="Status">open, fulfilled or released (the agreement ended).</param>
/// <param name="Due">overdue; or soon: open, and due within 30 days.</param>
/// <param name="Q">A part of the agreement's number, the project's name or the clause.</param>
/// <param name="AmountFrom">The least amount, in yuan.</param>
/// <param name="AmountTo">The greatest amount, in yuan.</param>
/// <param name="Sort">dueOn, project, number, kind, amount or status, <c>-</c> in front for descending.</param>
public sealed record ObligationFilter(
    Guid? Agreement = null, Guid? Project = null, string? Kind = null, string? Status = null, string? Due = null, string? Q = null, DateOnly? DueFrom = null, DateOnly? DueTo = null, string? Sort = null,
    decimal? AmountFrom = null, decimal? AmountTo = null, string? Department = null)
{
    internal const string Usual = "dueOn";

    internal const string Columns = "d.data, a.data->>'number', coalesce(p.data->>'name', a.data->>'projectName'), a.data->>'status'";

    internal const string Tables = """
        signings.mt_doc_obligation d join signings.mt_doc_agreementview a on a.id = (d.data->>'agreementId')::uuid left join signings.mt_doc_knownproject p on p.id = (d.data->>'projectId')::uuid
        """;

    private const int SoonDays = 30;

    private const string Sum = "(d.data->'amount'->>'value')::numeric";

    private const string State = "(case when d.data->>'fulfilledOn' is not null then 'fulfilled' when a.data->>'status' = 'terminated' then 'released' else 'open' end)";

    internal static readonly Sorting Sorting = new("d.id",
        ("dueOn", "d.data->>'dueOn'"),
        ("project", Sorting.Spoken("p.data->>'name'")),
        ("number", "a.data->>'number'"),
        ("kind", Sorting.Listed("d.data->>'kind'", ObligationKinds.All)),
        ("amount", Sum),
        ("status", Sorting.Listed(State, ["open", "fulfilled", "released"])));

    /// <summary>Neither fulfilled nor released by the end of the agreement.</summary>
    internal static Conditions Open(Conditions conditions) => conditions.And("d.data->>'fulfilledOn' is null").And("a.data->>'status' <> 'terminated'");

    internal Conditions ToSql(Sight sight, Rows then)
    {
        var (conditions, today) = (new Conditions(), then.Today);
        conditions
            .And(KnownProject.Seen(sight, conditions))
            .AndContains(Q, "a.data->>'number'", "p.data->>'name'", "d.data->>'text'")
            .And("a.id = {0}", Agreement)
            .And(KnownProject.Of(then), Project)
            .And("d.data->>'kind' = {0}", Kind)
            .And("(d.data->>'dueOn')::date >= {0}", DueFrom)
            .And("(d.data->>'dueOn')::date <= {0}", DueTo)
            .And($"{Sum} >= {{0}}", AmountFrom)
            .And($"{Sum} <= {{0}}", AmountTo)
            .And("d.data->>'department' = {0}", Department)
            .And($"{State} = {{0}}", Status);
        return Due switch
        {
            "overdue" => Open(conditions).And("(d.data->>'dueOn')::date < {0}", today),
            "soon" => Open(conditions).And("(d.data->>'dueOn')::date >= {0}", today).And("(d.data->>'dueOn')::date <= {0}", today.AddDays(SoonDays)),
            null => conditions,
            _ => conditions.And("false"),
        };
    }
}

/// <summary>An obligation as the API gives it.</summary>
/// <param name="Status">open, fulfilled or released.</param>
/// <param name="OverdueDays">How many days have passed since it was due; of a fulfilled one, by how many it came late; 0 for none.</param>
public sealed record ObligationItem(
    Guid Id, Guid AgreementId, string AgreementNumber, Guid ProjectId, string? ProjectName, string Kind, DateOnly DueOn, Money? Amount, string? Text, bool Illustrative, string? Department,
    string Status, DateOnly? FulfilledOn, string? FulfilledBy, string? Evidence, int OverdueDays, int Extensions, long Version)
{
    public static ObligationItem Of(Obligation obligation, string number, string? project, bool ended, DateOnly today) => new(
        obligation.Id, obligation.AgreementId, number, obligation.ProjectId, project, obligation.Kind, obligation.DueOn, obligation.Amount, obligation.Text, obligation.Illustrative, obligation.Department,
        obligation.FulfilledOn is not null ? "fulfilled" : ended ? "released" : "open", obligation.FulfilledOn, obligation.FulfilledBy, obligation.Evidence,
        ended && obligation.FulfilledOn is null ? 0 : Math.Max(0, (obligation.FulfilledOn ?? today).DayNumber - obligation.DueOn.DayNumber), obligation.Extensions, obligation.Version);
}

/// <summary>Obligations as the bearer of a token sees them: those of the department, and those of its projects.</summary>
public sealed class ObligationReader(IQuerySession session, Pasts pasts, Sight sight, TimeProvider clock) : ISee
{
    /// <returns>Null where there is no such obligation, or none that the reader sees.</returns>
    public async Task<ObligationItem?> Find(Guid id, CancellationToken ct) =>
        await Look(id, ct) is var (obligation, project) ? Item(new(obligation, clock.Today()), project, await session.LoadAsync<AgreementView>(obligation.AgreementId, ct)) : null;

    /// <summary>As it stood, beside its agreement as that stood.</summary>
    public async Task<ObligationItem?> FindAsOf(Guid id, RecordAsOf asOf, CancellationToken ct)
    {
        if (await Look(id, ct) is not var (_, project) || await pasts.Find<Obligation>(id, asOf, ct) is not { } then) return null;
        return Item(then, project, (await pasts.FindBeside<AgreementView>(then.Record.AgreementId, then.At, ct))?.Record);
    }

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Look(id, ct) is not null;

    private async Task<(Obligation Obligation, KnownProject? Project)?> Look(Guid id, CancellationToken ct)
    {
        if (await session.LoadAsync<Obligation>(id, ct) is not { } obligation) return null;
        var project = await session.LoadAsync<KnownProject>(obligation.ProjectId, ct);
        return sight.Sees(obligation.Department, project?.Readers ?? []) ? (obligation, project) : null;
    }

    private static ObligationItem Item(Recalled<Obligation> then, KnownProject? project, AgreementView? agreement) =>
        ObligationItem.Of(then.Record, agreement?.Number ?? "", project?.Name ?? agreement?.ProjectName, agreement?.Status is "terminated", then.Day);
}

public static class ListObligationsFeature
{
    public static void MapListObligations(this IEndpointRouteBuilder obligations)
    {
        obligations.MapGet("", async ([AsParameters] ObligationFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = ObligationFilter.Sorting.Of(filter.Sort, ObligationFilter.Usual);
            if (unknown is not null) return Problems.Of(unknown);
            var then = await rows.At(asOf, ct);
            var found = await then.Part(ObligationFilter.Columns, ObligationFilter.Tables, filter.ToSql(sight, then), order, skip, limit, Read(then), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("What agreements oblige to, the next one due first; overdue ones, or those due within 30 days")
        .RequireAuthorization(Policies.Read);

        obligations.MapGet("{id:guid}", async (Guid id, HttpContext http, [AsParameters] RecordAsOf asOf, ObligationReader reader, CancellationToken ct) =>
            http.Answer(await (asOf.IsNow ? reader.Find(id, ct) : reader.FindAsOf(id, asOf, ct)), obligation => obligation.Version))
        .WithSummary("One obligation, as it stands or as it stood after one of its events (`version`) or at an instant (`knownAt`)")
        .Produces<ObligationItem>()
        .RequireAuthorization(Policies.Read);
    }

    internal static Func<DbDataReader, ObligationItem> Read(Rows rows) => row =>
        ObligationItem.Of(rows.Document<Obligation>(row, 0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3) is "terminated", rows.Today);
}
