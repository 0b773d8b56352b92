using System.Globalization;
using Luodi.Contracts.Projects;
using Luodi.Projects.CustomFields;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Projects.Lists;

public static class ExportProjectsFeature
{
    public static IReadOnlyList<Column<Project>> Columns { get; } =
    [
        new("name", "Name", project => project.Name),
        new("investor", "Investor", project => project.Investor),
        new("industry", "Industry", project => project.Industry, Coded: true),
        new("stage", "Stage", project => project.Stage, Coded: true),
        new("since", "Since", project => project.Since),
        new("owner", "Owner", project => project.Owner),
        new("dueOn", "Due on", project => project.Deadline?.DueOn),
        new("overdueDays", "Days overdue", project => project.Deadline?.OverdueDays),
        new("expectedInvestment", "Expected investment (CNY)", project => project.ExpectedInvestment),
        new("plannedInvestment", "Planned investment (CNY)", project => project.Details.PlannedInvestment),
        new("industryCode", "GB/T 4754", project => project.Details.IndustryCode),
        new("origin", "Origin", project => project.Details.Origin, Coded: true),
        new("department", "Department", project => project.Department, OfDepartment: true),
        new("illustrative", "Illustrative", project => project.Illustrative ? "illustrative" : "", Coded: true),
    ];

    /// <summary>The columns of every bureau, and those of this one: of each field that takes values, under its name.</summary>
    public static IReadOnlyList<Column<Project>> With(FieldBook book) =>
        [.. Columns, .. book.Fields.Where(each => !each.Retired).Select(field => new Column<Project>(FieldConditions.Name(field.Id), field.Name, project => Typed(field, project), Coded: field.Kind is FieldKinds.YesNo, Named: true))];

    private static object? Typed(ProjectField field, Project project) => (field.Kind, project.Fields.GetValueOrDefault(field.Id)) switch
    {
        (_, null) => null,
        // No amount, which a file writes with its fen: as many decimals as it has.
        (FieldKinds.Number, { } number) when double.TryParse(number, CultureInfo.InvariantCulture, out var value) => value,
        (FieldKinds.Date, { } day) when DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) => value,
        // Also where a number was erased by law.
        (_, { } text) => text,
    };

    public static void MapExportProjects(this IEndpointRouteBuilder projects) => projects
        .MapGet("export", async ([AsParameters] ProjectFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, IQuerySession session, Pasts pasts, Departments departments, CancellationToken ct, string? columns = null, string? format = null) =>
        {
            var (order, unknown) = ProjectFilter.Sorting.Of(filter.Sort, ProjectFilter.Registered);
            if (unknown is not null) return Problems.Of(unknown);
            var then = await rows.At(asOf, ct);
            var book = await FieldBook.Read(session, pasts, asOf, ct);
            return await Export.Of("projects", With(book), columns, format, then.Today, departments, () => then.All(ProjectFilter.Columns, ProjectFilter.From, filter.ToSql(sight, then), order, ProjectFilter.Read(then), ct), ct);
        })
        .WithSummary("The list of projects as a file: columns with commas between, format xlsx or csv")
        .RequireAuthorization(Policies.Read);
}
