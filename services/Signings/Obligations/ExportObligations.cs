using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Signings.Obligations;

public static class ExportObligationsFeature
{
    public static IReadOnlyList<Column<ObligationItem>> Columns { get; } =
    [
        new("kind", "Obligation", obligation => obligation.Kind, Coded: true),
        new("amount", "Amount (CNY)", obligation => obligation.Amount),
        new("what", "Clause", obligation => obligation.Text),
        new("number", "Number", obligation => obligation.AgreementNumber),
        new("project", "Project", obligation => obligation.ProjectName),
        new("dueOn", "Due on", obligation => obligation.DueOn),
        new("status", "Status", obligation => obligation.Status, Coded: true),
        new("overdueDays", "Days overdue", obligation => obligation.OverdueDays),
        new("fulfilledOn", "Fulfilled on", obligation => obligation.FulfilledOn),
        new("fulfilledBy", "Fulfilled by", obligation => obligation.FulfilledBy, Coded: true),
        new("evidence", "Evidence", obligation => obligation.Evidence),
        new("extensions", "Extensions", obligation => obligation.Extensions),
        new("department", "Department", obligation => obligation.Department, OfDepartment: true),
        new("illustrative", "Illustrative", obligation => obligation.Illustrative ? "illustrative" : "", Coded: true),
    ];

    public static void MapExportObligations(this IEndpointRouteBuilder obligations) => obligations
        .MapGet("export", async ([AsParameters] ObligationFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, Departments departments, CancellationToken ct, string? columns = null, string? format = null) =>
        {
            var (order, unknown) = ObligationFilter.Sorting.Of(filter.Sort, ObligationFilter.Usual);
            var then = await rows.At(asOf, ct);
            return unknown is not null ? Problems.Of(unknown)
                : await Export.Of(
                    "obligations", Columns, columns, format, then.Today, departments,
                    () => then.All(ObligationFilter.Columns, ObligationFilter.Tables, filter.ToSql(sight, then), order, ListObligationsFeature.Read(then), ct), ct);
        })
        .WithSummary("What agreements oblige to as a file: columns with commas between, format xlsx or csv")
        .RequireAuthorization(Policies.Read);
}
