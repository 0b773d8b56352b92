using System.Globalization;
using Luodi.Contracts;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Projects.Capital;

public static class ExportCapitalFeature
{
    public static IReadOnlyList<Column<CapitalItem>> Columns { get; } =
    [
        new("project", "Project", item => item.ProjectName),
        new("arrivedOn", "Arrived on", item => item.Entry.ArrivedOn),
        new("yuan", "Amount (CNY)", item => item.Entry.Yuan),
        new("fixedAssets", "Fixed assets (CNY)", item => Money.Yuan(ListCapitalFeature.FixedYuan(item.Entry))),
        new("origin", "Origin", item => item.Entry.Rate is null ? "domestic" : "foreign", Coded: true),
        new("currency", "Currency", item => item.Entry.Amount.Currency),
        new("amount", "Amount in its currency", item => item.Entry.Amount),
        // A rate has up to six decimals, and as a number it would be shown with two.
        new("rate", "Rate", item => item.Entry.Rate?.ToString(CultureInfo.InvariantCulture)),
        new("rateSource", "Source of the rate", item => item.Entry.RateSource),
        new("evidence", "Evidence", item => item.Entry.Evidence, Coded: true),
        new("evidenceNumber", "Number of the evidence", item => item.Entry.EvidenceNumber),
        new("status", "Status", item => item.Entry.Status.ToString().ToLowerInvariant(), Coded: true),
        new("statusReason", "Returned or revoked because", item => item.Entry.StatusReason),
        new("loggedBy", "Logged by", item => item.Entry.LoggedBy),
        new("confirmedBy", "Confirmed by", item => item.Entry.ConfirmedBy),
        new("department", "Department", item => item.Entry.Department, OfDepartment: true),
        new("illustrative", "Illustrative", item => item.Entry.Illustrative ? "illustrative" : "", Coded: true),
    ];

    public static void MapExportCapital(this IEndpointRouteBuilder capital) => capital
        .MapGet("export", async ([AsParameters] CapitalFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, Departments departments, CancellationToken ct, string? columns = null, string? format = null) =>
        {
            var (order, unknown) = CapitalFilter.Sorting.Of(filter.Sort, CapitalFilter.Usual);
            var then = await rows.At(asOf, ct);
            return unknown is not null ? Problems.Of(unknown)
                : await Export.Of("capital", Columns, columns, format, then.Today, departments, () => then.All(CapitalFilter.Columns, CapitalFilter.Tables, filter.ToSql(sight), order, ListCapitalFeature.Read(then), ct), ct);
        })
        .WithSummary("Capital in place as a file: columns with commas between, format xlsx or csv")
        .RequireAuthorization(Policies.Read);
}
