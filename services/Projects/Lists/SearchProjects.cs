using Luodi.Projects.Capital;
using Luodi.Projects.Enterprises;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Projects.Lists;

public static class SearchProjectsFeature
{
    // The newest first: who searches mostly means what they are working on.
    private const string Newest = "d.id desc";

    public static void MapSearchProjects(this IEndpointRouteBuilder projects) => projects
        .MapGet("search", async (Sight sight, Rows rows, TimeProvider clock, CancellationToken ct, string? q = null) =>
        {
            if (string.IsNullOrWhiteSpace(q)) return new { items = (IReadOnlyList<Found>)[] };
            var today = clock.Today();
            var found = await rows.Part("d.data", ProjectFilter.From, new ProjectFilter(q).ToSql(sight, today, alsoMerged: true), Newest, 0, Found.Limit, row => rows.Document<Project>(row, 0), ct, countTo: Found.Limit);
            var enterprises = await rows.Part("d.data", EnterpriseFilter.Tables, new EnterpriseFilter(q).ToSql(sight, today, alsoLeft: true), Newest, 0, Found.Limit, ListEnterprisesFeature.Read(rows), ct);
            var capital = await rows.Part(CapitalFilter.Columns, CapitalFilter.Tables, new CapitalFilter(Q: q).ToSql(sight), Newest, 0, Found.Limit, ListCapitalFeature.Read(rows), ct);
            return new
            {
                items = (IReadOnlyList<Found>)
                [
                    .. found.Items.Select(project => new Found("project", project.Id, project.Name, project.Investor)),
                    .. enterprises.Items.Select(enterprise => new Found("enterprise", enterprise.Id, enterprise.Name, string.Join(" · ", enterprise.Aliases.Prepend(enterprise.CreditCode)))),
                    .. capital.Items.Select(item => new Found("capital", item.Entry.Id, item.ProjectName, $"{item.Entry.ArrivedOn:yyyy-MM-dd} · {item.Entry.EvidenceNumber}")),
                ],
            };
        })
        .WithSummary("Projects, enterprises and capital that hold these words: name, investor, the bureau's own fields, contacts, earlier name, credit code, evidence")
        .RequireAuthorization(Policies.Read);
}
