using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Funds.Lists;

public static class ExportFundsFeature
{
    public static IReadOnlyList<Column<Fund>> Columns { get; } =
    [
        new("name", "Name", fund => fund.Name),
        new("kind", "Kind", fund => fund.Kind, Coded: true),
        new("targetSize", "Target size (CNY)", fund => fund.TargetSize),
        new("currency", "Currency", fund => fund.Currency),
        new("subscribed", "Subscribed (fund's currency)", fund => fund.Subscribed),
        new("called", "Called (fund's currency)", fund => fund.Called),
        new("committed", "Committed (CNY)", fund => fund.Committed),
        new("disbursed", "Invested (fund's currency)", fund => fund.Disbursed),
        new("department", "Department", fund => fund.Department, OfDepartment: true),
    ];

    public static void MapExportFunds(this IEndpointRouteBuilder funds) => funds
        .MapGet("export", async ([AsParameters] FundFilter filter, Sight sight, Rows rows, Departments departments, TimeProvider clock, CancellationToken ct, string? columns = null, string? format = null) =>
        {
            var (order, unknown) = FundFilter.Sorting.Of(filter.Sort, FundFilter.Established);
            return unknown is not null ? Problems.Of(unknown)
                : await Export.Of("funds", Columns, columns, format, clock.Today(), departments, () => rows.All("d.data", FundFilter.From, filter.ToSql(sight), order, row => rows.Document<Fund>(row, 0), ct), ct);
        })
        .WithSummary("The fund family as a file: columns with commas between, format xlsx or csv")
        .RequireAuthorization(Policies.Read);
}
