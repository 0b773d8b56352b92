using System.Globalization;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Lists;

public static class ExportFundsFeature
{
    public static IReadOnlyList<Column<Fund>> Columns { get; } =
    [
        new("name", "Name", fund => fund.Name),
        new("kind", "Kind", fund => fund.Kind, Coded: true),
        new("currency", "Currency", fund => fund.Currency),
        new("targetSize", "Target size", fund => fund.TargetSize),
        new("subscribed", "Subscribed", fund => fund.Subscribed),
        new("called", "Called", fund => fund.Called),
        new("paidIn", "Paid in", fund => fund.PaidIn),
        new("committed", "Committed", fund => fund.Committed),
        new("disbursed", "Invested", fund => fund.Disbursed),
        new("cash", "Cash", fund => fund.Cash),
        new("manager", "Manager", fund => fund.Terms?.Manager),
        new("vintage", "Vintage", fund => fund.Terms?.Vintage?.ToString(CultureInfo.InvariantCulture)),
        new("department", "Department", fund => fund.Department, OfDepartment: true),
    ];

    public static void MapExportFunds(this IEndpointRouteBuilder funds) => funds
        .MapGet("export", async ([AsParameters] FundFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, Departments departments, CancellationToken ct, string? columns = null, string? format = null) =>
        {
            var (order, unknown) = FundFilter.Sorting.Of(filter.Sort, FundFilter.Established);
            var then = await rows.At(asOf, ct);
            return unknown is not null ? Problems.Of(unknown)
                : await Export.Of("funds", Columns, columns, format, then.Today, departments, () => then.All("d.data", FundFilter.From, filter.ToSql(sight), order, row => then.Document<Fund>(row, 0), ct), ct);
        })
        .WithSummary("The fund family as a file: columns with commas between, format xlsx or csv")
        .RequireAuthorization(Policies.Read);
}
