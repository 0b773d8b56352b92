using System.Data.Common;
using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.Signings.KnownProjects;
using Marten;

namespace Luodi.Signings.Obligations;

/// <summary>Which obligations a list shows.</summary>
/// <param name="Project">Also of the records that it stands for.</param>
/// <param name="Status">open, fulfilled or released (the agreement ended).</param>
/// <param name="Due">overdue; or soon: open, and due within 30 days.</param>
/// <param name="Q">A part of the agreement's number, the project's name or the clause.</param>
/// <param name="Sort">dueOn, project, number or kind, <c>-</c> in front for descending.</param>
public sealed record ObligationFilter(
    Guid? Agreement = null, Guid? Project = null, string? Kind = null, string? Status = null, string? Due = null, string? Q = null, DateOnly? DueFrom = null, DateOnly? DueTo = null, string? Sort = null)
{
    internal const string Usual = "dueOn";

    internal const string Columns = "d.data, a.data->>'number', p.data->>'name', a.data->>'status'";

    internal const string Tables = """
        signings.mt_doc_obligation d join signings.mt_doc_agreementview a on a.id = (d.data->>'agreementId')::uuid left join signings.mt_doc_knownproject p on p.id = (d.data->>'projectId')::uuid
        """;

    private const int SoonDays = 30;

    internal static readonly Sorting Sorting = new("d.id",
        ("dueOn", "d.data->>'dueOn'"), ("project", Sorting.Spoken("p.data->>'name'")), ("number", "a.data->>'number'"), ("kind", Sorting.Listed("d.data->>'kind'", ObligationKinds.All)));

    /// <summary>Neither fulfilled nor released by the end of the agreement.</summary>
    internal static Conditions Open(Conditions conditions) => conditions.And("d.data->>'fulfilledOn' is null").And("a.data->>'status' <> 'terminated'");

    internal Conditions ToSql(Sight sight, DateOnly today)
    {
        var conditions = new Conditions();
        conditions
            .And(sight.In(conditions, "d.data->>'department'", "p.data->>'department' = {0}", "p.data->'sharedWith' @> to_jsonb({0}::text)"))
            .AndContains(Q, "a.data->>'number'", "p.data->>'name'", "d.data->>'text'")
            .And("a.id = {0}", Agreement)
            .And("(p.id = {0} or p.data->>'mergedInto' = {0}::text)", Project)
            .And("d.data->>'kind' = {0}", Kind)
            .And("(d.data->>'dueOn')::date >= {0}", DueFrom)
            .And("(d.data->>'dueOn')::date <= {0}", DueTo)
            .And("(case when d.data->>'fulfilledOn' is not null then 'fulfilled' when a.data->>'status' = 'terminated' then 'released' else 'open' end) = {0}", Status);
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
public sealed class ObligationReader(IQuerySession session, Sight sight) : ISee
{
    public async Task<bool> Sees(Guid id, CancellationToken ct) =>
        await session.LoadAsync<Obligation>(id, ct) is { } obligation && sight.Sees(obligation.Department, (await session.LoadAsync<KnownProject>(obligation.ProjectId, ct))?.Readers ?? []);
}

public static class ListObligationsFeature
{
    public static void MapListObligations(this IEndpointRouteBuilder obligations) => obligations
        .MapGet("", async ([AsParameters] ObligationFilter filter, Sight sight, Rows rows, TimeProvider clock, CancellationToken ct, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = ObligationFilter.Sorting.Of(filter.Sort, ObligationFilter.Usual);
            if (unknown is not null) return Problems.Of(unknown);
            var today = clock.Today();
            var found = await rows.Part(ObligationFilter.Columns, ObligationFilter.Tables, filter.ToSql(sight, today), order, skip, limit, Read(rows, today), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("What agreements oblige to, the next one due first; overdue ones, or those due within 30 days")
        .RequireAuthorization(Policies.Read);

    private static Func<DbDataReader, ObligationItem> Read(Rows rows, DateOnly today) => row =>
        ObligationItem.Of(rows.Document<Obligation>(row, 0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3) is "terminated", today);
}
