using Luodi.Projects.Capital;
using Luodi.Projects.Contacts;
using Luodi.Projects.Lists;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Projects.Work;

/// <summary>What waits for the bearer of the token: capital to confirm, contacts to forget, and projects that stand still: one's own, or all for who sees the whole bureau.</summary>
public static class WorkListFeature
{
    public static void MapWorkList(this IEndpointRouteBuilder api)
    {
        var work = api.MapGroup("work").WithTags("Work").RequireAuthorization(Policies.Confirm);

        work.MapGet("", async (HttpContext http, Sight sight, Rows rows, CancellationToken ct) => new
        {
            capital = await rows.Count(CapitalFilter.Tables, Capital(sight, Acting.Of(http).Actor), ct),
            contacts = await rows.Count(ProjectFilter.From, ForgetContactFeature.WaitsFor(sight, Acting.Of(http).Actor), ct),
            overdue = await rows.Count(ProjectFilter.From, Overdue(sight, Acting.Of(http).Actor).ToSql(sight, rows), ct),
        })
        .WithSummary("How much waits for you");

        work.MapGet("capital", async (HttpContext http, Sight sight, Rows rows, CancellationToken ct, string? sort = null, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = CapitalFilter.Sorting.Of(sort, CapitalFilter.Usual);
            if (unknown is not null) return Problems.Of(unknown);
            var found = await rows.Part(CapitalFilter.Columns, CapitalFilter.Tables, Capital(sight, Acting.Of(http).Actor), order, skip, limit, ListCapitalFeature.Read(rows), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("Capital in place that somebody else logged and you may confirm or return");

        work.MapGet("contacts", async (HttpContext http, Sight sight, Rows rows, CancellationToken ct, string? sort = null, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = ProjectFilter.Sorting.Of(sort, ProjectFilter.Registered);
            if (unknown is not null) return Problems.Of(unknown);
            var found = await rows.Part(ProjectFilter.Columns, ProjectFilter.From, ForgetContactFeature.WaitsFor(sight, Acting.Of(http).Actor), order, skip, limit, ProjectFilter.Read(rows), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("Projects with a contact of whom somebody else asked that they be forgotten");

        work.MapGet("overdue", async (HttpContext http, Sight sight, Rows rows, CancellationToken ct, string? sort = null, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = ProjectFilter.Sorting.Of(sort, "dueOn");
            if (unknown is not null) return Problems.Of(unknown);
            var found = await rows.Part(
                ProjectFilter.Columns, ProjectFilter.From, Overdue(sight, Acting.Of(http).Actor).ToSql(sight, rows), order, skip, limit, ProjectFilter.Read(rows), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("Projects that have stood still for longer than they may, the longest first");
    }

    /// <summary>Confirming is for the department that logged it.</summary>
    private static Conditions Capital(Sight sight, string actor)
    {
        var conditions = new Conditions();
        return conditions.And(sight.In(conditions, "d.data->>'department'")).And("d.data->>'status' = 'Logged'").And("d.data->>'loggedBy' is distinct from {0}", actor);
    }

    private static ProjectFilter Overdue(Sight sight, string actor) => new(Due: "overdue", Owner: sight.Whole ? null : actor);
}
