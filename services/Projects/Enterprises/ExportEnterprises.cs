using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Projects.Enterprises;

public static class ExportEnterprisesFeature
{
    /// <param name="today">The day on which designations hold, and on which it is at a carrier or listed.</param>
    public static IReadOnlyList<Column<Enterprise>> Columns(DateOnly today) =>
    [
        new("name", "Name", enterprise => enterprise.Name),
        new("aliases", "Earlier names", enterprise => enterprise.Aliases),
        new("creditCode", "Credit code", enterprise => enterprise.CreditCode),
        new("industry", "Industry", enterprise => enterprise.Industry, Coded: true),
        new("designations", "Designations", enterprise => enterprise.Designations.Where(each => each.HoldsOn(today)).Select(each => each.Kind), Coded: true),
        new("chain", "Chain", enterprise => enterprise.Chain),
        new("chainRole", "Part in the chain", enterprise => enterprise.ChainRole, Coded: true),
        new("carrier", "Carrier", enterprise => StayOf(enterprise)?.Carrier),
        new("level", "Level of the carrier", enterprise => StayOf(enterprise)?.Level, Coded: true),
        new("board", "Listed at", enterprise => ListingOf(enterprise)?.Board, Coded: true),
        new("shareCode", "Share code", enterprise => ListingOf(enterprise)?.Code),
        new("registeredOn", "Registered on", enterprise => enterprise.RegisteredOn),
        new("registeredCapital", "Registered capital (CNY)", enterprise => enterprise.RegisteredCapital),
        new("leftOn", "Left on", enterprise => enterprise.LeftOn),
        new("leftBecause", "Left because", enterprise => enterprise.LeftBecause),
        new("department", "Department", enterprise => enterprise.Department, OfDepartment: true),
        new("illustrative", "Illustrative", enterprise => enterprise.Illustrative ? "illustrative" : "", Coded: true),
    ];

    public static void MapExportEnterprises(this IEndpointRouteBuilder enterprises) => enterprises
        .MapGet("export", async ([AsParameters] EnterpriseFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, Departments departments, CancellationToken ct, string? columns = null, string? format = null) =>
        {
            var (order, unknown) = EnterpriseFilter.Sorting.Of(filter.Sort, EnterpriseFilter.Usual);
            var then = await rows.At(asOf, ct);
            return unknown is not null ? Problems.Of(unknown)
                : await Export.Of("enterprises", Columns(then.Today), columns, format, then.Today, departments, () => then.All("d.data", EnterpriseFilter.Tables, filter.ToSql(sight, then.Today), order, ListEnterprisesFeature.Read(then), ct), ct);
        })
        .WithSummary("The enterprises of the zone as a file: columns with commas between, format xlsx or csv")
        .RequireAuthorization(Policies.Read);

    private static Stay? StayOf(Enterprise enterprise) => enterprise.Stays is [.., { GraduatedOn: null } stay] ? stay : null;

    private static Listing? ListingOf(Enterprise enterprise) => enterprise.Listing is { EndedOn: null } listing ? listing : null;
}
