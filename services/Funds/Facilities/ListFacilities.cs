using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Funds.Facilities;

/// <summary>Which facilities a list or a file shows.</summary>
/// <param name="Q">A part of the name or of the lender.</param>
/// <param name="Product">guaranteed-loan, government-bank-insurance or joint-bank-product.</param>
/// <param name="Sort">name, product, lender, limit, drawn, outstanding or opened, <c>-</c> in front for descending.</param>
public sealed record FacilityFilter(string? Q = null, string? Product = null, string? Department = null, string? Sort = null)
{
    internal const string Opened = "opened";

    internal const string From = "funds.mt_doc_facility d";

    internal static readonly Sorting Sorting = new("d.id",
        ("name", Sorting.Spoken("d.data->>'name'")),
        ("product", Sorting.Listed("d.data->>'product'", FacilityProducts.All)),
        ("lender", Sorting.Spoken("d.data->>'lender'")),
        ("limit", "(d.data->'limit'->>'value')::numeric"),
        ("drawn", "(d.data->'drawn'->>'value')::numeric"),
        ("outstanding", "(d.data->'outstanding'->>'value')::numeric"),
        (Opened, "d.id"));

    internal Conditions ToSql(Sight sight)
    {
        var conditions = new Conditions();
        return conditions
            .And(sight.In(conditions, "d.data->>'department'"))
            .AndContains(Q, "d.data->>'name'", "d.data->>'lender'")
            .And("d.data->>'product' = {0}", Product)
            .And("d.data->>'department' = {0}", Department);
    }
}

/// <summary>Facilities as the bearer of a token sees them.</summary>
public sealed class FacilityReader(IQuerySession session, Pasts pasts, Sight sight) : ISee
{
    /// <returns>Null where there is no such facility, or none that the reader sees.</returns>
    public async Task<Facility?> Find(Guid id, CancellationToken ct) => await session.LoadAsync<Facility>(id, ct) is { } facility && sight.Sees(facility.Department) ? facility : null;

    /// <summary>As it stood.</summary>
    public async Task<Facility?> FindAsOf(Guid id, RecordAsOf asOf, CancellationToken ct) => await pasts.Of(await Find(id, ct), id, asOf, ct);

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ListFacilitiesFeature
{
    public static IReadOnlyList<Column<Facility>> Columns { get; } =
    [
        new("name", "Name", facility => facility.Name),
        new("product", "Product", facility => facility.Product, Coded: true),
        new("lender", "Lender", facility => facility.Lender),
        new("limit", "Limit (CNY)", facility => facility.Limit),
        new("drawn", "Drawn (CNY)", facility => facility.Drawn),
        new("repaid", "Repaid (CNY)", facility => facility.Repaid),
        new("guaranteeCalled", "Guarantees called (CNY)", facility => facility.GuaranteeCalled),
        new("outstanding", "Outstanding (CNY)", facility => facility.Outstanding),
        new("firmsServed", "Firms served", facility => facility.FirmsServed),
        new("department", "Department", facility => facility.Department, OfDepartment: true),
        new("illustrative", "Illustrative", facility => facility.Illustrative ? "illustrative" : "", Coded: true),
    ];

    public static void MapListFacilities(this IEndpointRouteBuilder facilities)
    {
        facilities.MapGet("", async ([AsParameters] FacilityFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, int skip = 0, int limit = Rows.Limit) =>
        {
            var (order, unknown) = FacilityFilter.Sorting.Of(filter.Sort, FacilityFilter.Opened);
            if (unknown is not null) return Problems.Of(unknown);
            var then = await rows.At(asOf, ct);
            var found = await then.Part("d.data", FacilityFilter.From, filter.ToSql(sight), order, skip, limit, row => then.Document<Facility>(row, 0), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("Finance products beside the funds, with what was drawn, repaid and called of each; by default in the order of entry")
        .RequireAuthorization(Policies.Read);

        facilities.MapGet("export", async ([AsParameters] FacilityFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, Departments departments, CancellationToken ct, string? columns = null, string? format = null) =>
        {
            var (order, unknown) = FacilityFilter.Sorting.Of(filter.Sort, FacilityFilter.Opened);
            var then = await rows.At(asOf, ct);
            return unknown is not null ? Problems.Of(unknown)
                : await Export.Of("facilities", Columns, columns, format, then.Today, departments, () => then.All("d.data", FacilityFilter.From, filter.ToSql(sight), order, row => then.Document<Facility>(row, 0), ct), ct);
        })
        .WithSummary("Finance products as a file: columns with commas between, format xlsx or csv")
        .RequireAuthorization(Policies.Read);

        facilities.MapGet("{id:guid}", async (Guid id, [AsParameters] RecordAsOf asOf, HttpContext http, FacilityReader reader, CancellationToken ct) =>
            http.Answer(await reader.FindAsOf(id, asOf, ct), facility => facility.Version))
        .WithSummary("One finance product with its entries, as it stands or as it stood after one of its events")
        .Produces<Facility>()
        .RequireAuthorization(Policies.Read);
    }
}
