using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.KnownProjects;
using Marten;
using Marten.Linq.MatchesSql;

namespace Luodi.Signings.Agreements;

public static class ReadAgreementsFeature
{
    private const int Limit = 200;

    public static void MapReadAgreements(this IEndpointRouteBuilder agreements)
    {
        agreements.MapGet("", async (IQuerySession session, CancellationToken ct, Guid? ceremony = null, string? after = null, int limit = 50) =>
        {
            var size = Math.Clamp(limit, 1, Limit);
            var query = session.Query<AgreementView>().Where(view => ceremony == null || view.CeremonyId == ceremony);
            if (after is not null) query = query.Where(view => view.MatchesSql("d.data ->> 'number' > ?", after));
            var found = await query.OrderBy(view => view.Number).Take(size + 1).ToListAsync(ct);
            var items = await WithProjects(session, [.. found.Take(size)], ct);
            return new { items, next = found.Count > size ? found[size - 1].Number : null };
        })
        .WithSummary("Agreements by number; `after` takes the `next` of the page before")
        .RequireAuthorization(Policies.Read);

        agreements.MapGet("{id:guid}", async (Guid id, HttpContext http, IQuerySession session, CancellationToken ct) =>
        {
            if (await session.LoadAsync<AgreementView>(id, ct) is not { } view) return Problems.Of(new NotFound());
            http.Response.Headers.ETag = $"\"{view.Version}\"";
            return Results.Ok((await WithProjects(session, [view], ct))[0]);
        })
        .WithSummary("One agreement; its ETag is the version for If-Match")
        .RequireAuthorization(Policies.Read);
    }

    private static async Task<IReadOnlyList<object>> WithProjects(IQuerySession session, IReadOnlyList<AgreementView> views, CancellationToken ct)
    {
        var projects = (await session.LoadManyAsync<KnownProject>(ct, views.Select(view => view.ProjectId))).ToDictionary(project => project.Id, project => project.Name);
        return [.. views.Select(view => new
        {
            view.Id, view.Number, view.ProjectId, projectName = projects.GetValueOrDefault(view.ProjectId), view.CeremonyId, view.Counterparty, view.Industry,
            view.Amount, view.Proposed, view.Status, view.Waiting, view.SignedOn, view.Illustrative, view.Version, view.LoggedBy, view.Returned,
        })];
    }
}
