using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;
using Luodi.Signings.Agreements;

namespace Luodi.Signings.Lists;

public static class ExportAgreementsFeature
{
    public static IReadOnlyList<Column<AgreementItem>> Columns { get; } =
    [
        new("number", "Number", agreement => agreement.Number),
        new("project", "Project", agreement => agreement.ProjectName),
        new("counterparty", "Counterparty", agreement => agreement.Counterparty),
        new("parties", "Further parties", agreement => agreement.Parties),
        new("tier", "Tier", agreement => agreement.Tier, Coded: true),
        new("followsAs", "Follows another as", agreement => agreement.FollowsAs, Coded: true),
        new("industry", "Industry", agreement => agreement.Industry, Coded: true),
        new("amount", "Amount (CNY)", agreement => agreement.Amount),
        new("proposed", "Proposed amount (CNY)", agreement => agreement.Proposed),
        new("fixedAssets", "Fixed assets (CNY)", agreement => agreement.FixedAssets),
        new("signedOn", "Signed on", agreement => agreement.SignedOn),
        new("status", "Status", agreement => agreement.Status, Coded: true),
        new("waiting", "Waiting for confirmation", agreement => agreement.Waiting, Coded: true),
        new("returned", "Returned because", agreement => agreement.Returned?.Reason),
        new("openConditions", "Open conditions", agreement => agreement.OpenConditions),
        new("department", "Department", agreement => agreement.Department, OfDepartment: true),
        new("loggedBy", "Logged by", agreement => agreement.LoggedBy),
        new("illustrative", "Illustrative", agreement => agreement.Illustrative ? "illustrative" : "", Coded: true),
    ];

    public static void MapExportAgreements(this IEndpointRouteBuilder agreements) => agreements
        .MapGet("export", async ([AsParameters] AgreementFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, Departments departments, CancellationToken ct, string? columns = null, string? format = null) =>
        {
            var (order, unknown) = AgreementFilter.Sorting.Of(filter.Sort, AgreementFilter.Number);
            var then = await rows.At(asOf, ct);
            return unknown is not null ? Problems.Of(unknown)
                : await Export.Of("agreements", Columns, columns, format, then.Today, departments, () => then.All(AgreementFilter.Columns, AgreementFilter.From, filter.ToSql(sight, then), order, AgreementFilter.Read(then), ct), ct);
        })
        .WithSummary("The list of agreements as a file: columns with commas between, format xlsx or csv")
        .RequireAuthorization(Policies.Read);
}
