using System.Data.Common;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Projects.Enterprises;

/// <summary>Which enterprises a list, a file or a search shows.</summary>
/// <param name="Q">A part of the name, an earlier name or the credit code.</param>
/// <param name="Designation">It has this designation today.</param>
/// <param name="Expiring">One of its designations expires within so many days.</param>
/// <param name="Level">It is at a carrier of this level.</param>
/// <param name="Role">leader or member of a chain.</param>
/// <param name="Project">They carry it out, or a record that it stands for.</param>
/// <param name="Left">true: those that left; otherwise those that are in the zone.</param>
/// <param name="Sort">name, creditCode, industry, registeredOn, registeredCapital or registered, <c>-</c> in front for descending.</param>
public sealed record EnterpriseFilter(
    string? Q = null, string? Industry = null, string? Designation = null, int? Expiring = null, string? Level = null, string? Role = null, Guid? Project = null, bool? Left = null, string? Sort = null,
    string? Department = null)
{
    internal const string Usual = "name";

    internal const string Tables = "projects.mt_doc_enterprise d";

    internal static readonly Sorting Sorting = new("d.id",
        ("name", Sorting.Spoken("d.data->>'name'")),
        ("creditCode", "d.data->>'creditCode'"),
        ("industry", Sorting.Listed("d.data->>'industry'", Industries.All)),
        ("registeredOn", "d.data->>'registeredOn'"),
        ("registeredCapital", "(d.data->'registeredCapital'->>'value')::numeric"),
        ("registered", "d.id"));

    /// <param name="alsoLeft">A search finds one that has left the zone too.</param>
    internal Conditions ToSql(Sight sight, DateOnly today, bool alsoLeft = false)
    {
        var conditions = new Conditions();
        conditions
            // One that carries out a project is seen with it.
            .And(sight.In(conditions, "d.data->>'department'", Carries("p.data->>'department' = {0} or p.data->'sharedWith' @> to_jsonb({0}::text)")))
            .AndContains(Q, "d.data->>'name'", "d.data->>'creditCode'", "d.data->>'aliases'")
            .And("d.data->>'industry' = {0}", Industry)
            .And("d.data->>'chainRole' = {0}", Role)
            .And(Carries("p.id = {0} or p.data->>'mergedInto' = {0}::text"), Project)
            .And("d.data->>'department' = {0}", Department)
            .And("(d.data->'stays'->-1->>'graduatedOn' is null and d.data->'stays'->-1->>'level' = {0})", Level)
            .And(alsoLeft ? "true" : $"d.data->>'leftOn' is {(Left is true ? "not null" : "null")}");
        if (Designation is not null) conditions.And($"exists (select from jsonb_array_elements(d.data->'designations') g where {Holds(conditions, today)} and g->>'kind' = {conditions.Parameter(Designation)})");
        if (Expiring is { } days) conditions.And($"exists (select from jsonb_array_elements(d.data->'designations') g where {Holds(conditions, today)} and (g->>'expiresOn')::date <= {conditions.Parameter(today.AddDays(Math.Clamp(days, 0, 3650)))})");
        return conditions;
    }

    /// <summary>One of its projects is such.</summary>
    private static string Carries(string such) =>
        $"exists (select from jsonb_array_elements_text(d.data->'projects') linked(id) join projects.mt_doc_project p on p.id = linked.id::uuid where {such})";

    internal static string Holds(Conditions conditions, DateOnly on) =>
        conditions.Parameter(on) is var day ? $"g->>'withdrawnBecause' is null and (g->>'grantedOn')::date <= {day} and (g->>'expiresOn')::date >= {day}" : "";
}

/// <summary>Enterprises as the bearer of a token sees them: those of the department, and those that carry out a project which it sees.</summary>
public sealed class EnterpriseReader(IQuerySession session, Pasts pasts, ProjectReader projects, Sight sight) : ISee
{
    public async Task<Enterprise?> Find(Guid id, CancellationToken ct)
    {
        if (await session.LoadAsync<Enterprise>(id, ct) is not { } enterprise) return null;
        if (sight.Sees(enterprise.Department)) return enterprise;
        foreach (var project in enterprise.Projects)
        {
            if (await projects.Sees(project, ct)) return enterprise;
        }
        return null;
    }

    /// <summary>As it stood.</summary>
    public async Task<Enterprise?> FindAsOf(Guid id, RecordAsOf asOf, CancellationToken ct) => await pasts.Of(await Find(id, ct), id, asOf, ct);

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ListEnterprisesFeature
{
    public static void MapListEnterprises(this IEndpointRouteBuilder enterprises)
    {
        enterprises.MapGet("", async ([AsParameters] EnterpriseFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = EnterpriseFilter.Sorting.Of(filter.Sort, EnterpriseFilter.Usual);
            if (unknown is not null) return Problems.Of(unknown);
            var then = await rows.At(asOf, ct);
            var found = await then.Part("d.data", EnterpriseFilter.Tables, filter.ToSql(sight, then.Today), order, skip, limit, Read(then), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("The enterprises of the zone, by name")
        .RequireAuthorization(Policies.Read);

        enterprises.MapGet("{id:guid}", async (Guid id, [AsParameters] RecordAsOf asOf, HttpContext http, EnterpriseReader reader, CancellationToken ct) =>
            http.Answer(await reader.FindAsOf(id, asOf, ct), enterprise => enterprise.Version))
        .WithSummary("One enterprise, as it stands or as it stood after one of its events (`version`) or at an instant (`knownAt`)")
        .Produces<Enterprise>()
        .RequireAuthorization(Policies.Read);

        enterprises.MapGet("summary", async ([AsParameters] AsOf asOf, Rows rows, CancellationToken ct, DateOnly? on = null) =>
            await rows.At(asOf, ct) is var then ? Summary(await then.All("d.data", EnterpriseFilter.Tables, new Conditions(), "d.id", Read(then), ct), on ?? then.Today) : null)
            .WithSummary("How many enterprises of the bureau have each designation on a day, are at carriers of each level, have a part in a chain, are listed")
            .RequireAuthorization(Policies.Read);
    }

    /// <summary>Counts of the whole bureau, as figures are, of the enterprises that were in the zone on the day.</summary>
    public static EnterpriseSummary Summary(IReadOnlyList<Enterprise> enterprises, DateOnly on)
    {
        var known = enterprises.Where(enterprise => enterprise.RegisteredOn <= on && (enterprise.LeftOn is null || on < enterprise.LeftOn)).ToList();
        Dictionary<string, int> Count(IEnumerable<string> keys, Func<Enterprise, string, bool> has) => keys.ToDictionary(key => key, key => known.Count(enterprise => has(enterprise, key)), StringComparer.Ordinal);
        return new(
            on, known.Count,
            Count(DesignationKinds.All, (enterprise, kind) => enterprise.Designations.Any(each => each.Kind == kind && each.HoldsOn(on))),
            Count(CarrierLevels.All, (enterprise, level) => enterprise.Stays.Any(stay => stay.Level == level && stay.AdmittedOn <= on && (stay.GraduatedOn is null || on < stay.GraduatedOn))),
            Count(ChainRoles.All, (enterprise, role) => enterprise.ChainRole == role),
            known.Count(enterprise => enterprise.Listing is { } listing && listing.ListedOn <= on && (listing.EndedOn is null || on < listing.EndedOn)));
    }

    internal static Func<DbDataReader, Enterprise> Read(Rows rows) => row => rows.Document<Enterprise>(row, 0);
}

/// <param name="Enterprises">How many are in the zone.</param>
/// <param name="ByDesignation">One may have several; they have no sum.</param>
public sealed record EnterpriseSummary(
    DateOnly On, int Enterprises, IReadOnlyDictionary<string, int> ByDesignation, IReadOnlyDictionary<string, int> ByCarrierLevel, IReadOnlyDictionary<string, int> ByChainRole, int Listed);
