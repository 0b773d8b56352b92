using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.Signings.AgreementConditions;
using Luodi.Signings.Lists;
using Luodi.Signings.Obligations;

namespace Luodi.Signings.Work;

/// <summary>What waits for the bearer of the token: to be confirmed, to be corrected, or for an investor to be reminded of it.</summary>
public static class WorkListFeature
{
    public static void MapWorkList(this IEndpointRouteBuilder api)
    {
        var work = api.MapGroup("work").WithTags("Work").RequireAuthorization(Policies.Confirm);

        work.MapGet("", async (HttpContext http, Sight sight, Rows rows, TimeProvider clock, CancellationToken ct) => new
        {
            toConfirm = await rows.Count(AgreementFilter.From, ToConfirm(sight, Acting.Of(http).Actor), ct),
            returned = await rows.Count(AgreementFilter.From, Returned(sight, Acting.Of(http).Actor), ct),
            overdue = await rows.Count(ObligationFilter.Tables, new ObligationFilter(Due: "overdue").ToSql(sight, rows), ct),
            conditions = await rows.Count(OverdueConditions.From, OverdueConditions.ToSql(sight, clock.Today()), ct),
        })
        .WithSummary("How much waits for you");

        work.MapGet("to-confirm", (HttpContext http, Sight sight, Rows rows, CancellationToken ct, string? sort = null, int skip = 0, int limit = 50) =>
            List(rows, ToConfirm(sight, Acting.Of(http).Actor), sort, skip, limit, ct))
        .WithSummary("What somebody else logged and you may confirm or return");

        work.MapGet("returned", (HttpContext http, Sight sight, Rows rows, CancellationToken ct, string? sort = null, int skip = 0, int limit = 50) =>
            List(rows, Returned(sight, Acting.Of(http).Actor), sort, skip, limit, ct))
        .WithSummary("What you logged and somebody returned to you");

        work.MapGet("conditions", async (Sight sight, Rows rows, TimeProvider clock, CancellationToken ct, string? sort = null, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = OverdueConditions.Sorting.Of(sort, OverdueConditions.Usual);
            if (unknown is not null) return Problems.Of(unknown);
            var today = clock.Today();
            var found = await rows.Part(OverdueConditions.Columns, OverdueConditions.From, OverdueConditions.ToSql(sight, today), order, skip, limit, OverdueConditions.Read(rows, today), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("Open conditions of agreements whose day has passed, the longest first");
    }

    /// <summary>Confirming is for the agreement's own department: what is only shared is not in the list.</summary>
    private static Conditions ToConfirm(Sight sight, string actor)
    {
        var conditions = new Conditions();
        return conditions.And(sight.In(conditions, "d.data->>'department'")).And("d.data->>'waiting' is not null").And("d.data->>'loggedBy' is distinct from {0}", actor);
    }

    private static Conditions Returned(Sight sight, string actor)
    {
        var conditions = new Conditions();
        return conditions.And(sight.In(conditions, "d.data->>'department'")).And("d.data->'returned' <> 'null'").And("d.data->>'loggedBy' = {0}", actor);
    }

    private static async Task<IResult> List(Rows rows, Conditions conditions, string? sort, int skip, int limit, CancellationToken ct)
    {
        var (order, unknown) = AgreementFilter.Sorting.Of(sort, AgreementFilter.Number);
        if (unknown is not null) return Problems.Of(unknown);
        var found = await rows.Part(AgreementFilter.Columns, AgreementFilter.From, conditions, order, skip, limit, AgreementFilter.Read(rows), ct);
        return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
    }
}
