using Luodi.Projects.Capital;
using Luodi.Projects.Enterprises;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Projects.Lists;

public static class SearchProjectsFeature
{
    // The newest first: who searches mostly means what they are working on.
    private const string Newest = "d.id desc";

    public static void MapSearchProjects(this IEndpointRouteBuilder projects) => projects
        .MapGet("search", async ([AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, string? q = null) =>
        {
            if (string.IsNullOrWhiteSpace(q)) return new { items = (IReadOnlyList<Found>)[] };
            var then = await rows.At(asOf, ct);
            var found = await then.Part("d.data", ProjectFilter.From, new ProjectFilter(q).ToSql(sight, then, alsoMerged: true), Newest, 0, Found.Limit, row => then.Document<Project>(row, 0), ct, countTo: Found.Limit);
            var enterprises = await then.Part("d.data", EnterpriseFilter.Tables, new EnterpriseFilter(q).ToSql(sight, then.Today, alsoLeft: true), Newest, 0, Found.Limit, ListEnterprisesFeature.Read(then), ct);
            var capital = await then.Part(CapitalFilter.Columns, CapitalFilter.Tables, new CapitalFilter(Q: q).ToSql(sight), Newest, 0, Found.Limit, ListCapitalFeature.Read(then), ct);
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
