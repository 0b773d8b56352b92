using System.Data.Common;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Projects.Capital;

/// <summary>Which capital a list, a file or a search shows.</summary>
/// <param name="Project">Also of the records that it stands for.</param>
/// <param name="Status">logged, confirmed, returned or revoked.</param>
/// <param name="Origin">domestic (yuan) or foreign.</param>
/// <param name="From">The first day of arrival.</param>
/// <param name="To">The last day of arrival.</param>
/// <param name="Q">A part of the project's name or the number of the evidence.</param>
/// <param name="Evidence">capital-verification-report, bank-slip or equipment-list.</param>
/// <param name="AmountFrom">The least amount, in yuan.</param>
/// <param name="AmountTo">The greatest amount, in yuan.</param>
/// <param name="Sort">arrivedOn, yuan, project, evidence, evidenceNumber, status or registered, <c>-</c> in front for descending.</param>
public sealed record CapitalFilter(
    Guid? Project = null, string? Status = null, string? Origin = null, DateOnly? From = null, DateOnly? To = null, string? Q = null, string? Sort = null,
    string? Evidence = null, decimal? AmountFrom = null, decimal? AmountTo = null, string? Department = null)
{
    internal const string Usual = "-arrivedOn";

    internal const string Columns = "d.data, p.data->>'name'";

    internal const string Tables = "projects.mt_doc_capitalentry d join projects.mt_doc_project p on p.id = (d.data->>'projectId')::uuid";

    private const string Yuan = "(d.data->'yuan'->>'value')::numeric";

    internal static readonly Sorting Sorting = new("d.id",
        ("arrivedOn", "d.data->>'arrivedOn'"),
        ("yuan", Yuan),
        ("project", Sorting.Spoken("p.data->>'name'")),
        ("evidence", Sorting.Listed("d.data->>'evidence'", CapitalEvidence.All)),
        ("evidenceNumber", "d.data->>'evidenceNumber'"),
        ("status", Sorting.Listed("d.data->>'status'", Enum.GetNames<CapitalStatus>())),
        ("registered", "d.id"));

    internal Conditions ToSql(Sight sight)
    {
        var conditions = new Conditions();
        return conditions
            .And(sight.In(conditions, "d.data->>'department'", "p.data->>'department' = {0}", "p.data->'sharedWith' @> to_jsonb({0}::text)"))
            .AndContains(Q, "p.data->>'name'", "d.data->>'evidenceNumber'")
            .And("(p.id = {0} or p.data->>'mergedInto' = {0}::text)", Project)
            .And("lower(d.data->>'status') = {0}", Status)
            .And("(case d.data->'amount'->>'currency' when 'CNY' then 'domestic' else 'foreign' end) = {0}", Origin)
            .And("(d.data->>'arrivedOn')::date >= {0}", From)
            .And("(d.data->>'arrivedOn')::date <= {0}", To)
            .And("d.data->>'evidence' = {0}", Evidence)
            .And($"{Yuan} >= {{0}}", AmountFrom)
            .And($"{Yuan} <= {{0}}", AmountTo)
            .And("d.data->>'department' = {0}", Department);
    }
}

/// <param name="ProjectName">Of the project for which it arrived.</param>
public sealed record CapitalItem(CapitalEntry Entry, string ProjectName);

/// <summary>What has been confirmed and not revoked. Domestic and foreign money stay apart: foreign sums are in yuan at the rates of their days.</summary>
/// <param name="Pending">What waits for a second person, in no other sum.</param>
public sealed record CapitalSums(Money Domestic, Money Foreign, Money FixedAssets, Money WorkingCapital, Money Pending);

/// <summary>Capital as the bearer of a token sees it: with the project for which it arrived.</summary>
public sealed class CapitalReader(IQuerySession session, Pasts pasts, ProjectReader projects, Sight sight) : ISee
{
    public async Task<CapitalEntry?> Find(Guid id, CancellationToken ct) =>
        await session.LoadAsync<CapitalEntry>(id, ct) is { } entry && (sight.Sees(entry.Department) || await projects.Sees(entry.ProjectId, ct)) ? entry : null;

    /// <summary>As it stood.</summary>
    public async Task<CapitalEntry?> FindAsOf(Guid id, RecordAsOf asOf, CancellationToken ct) => await pasts.Of(await Find(id, ct), id, asOf, ct);

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ListCapitalFeature
{
    public static void MapListCapital(this IEndpointRouteBuilder capital)
    {
        capital.MapGet("", async ([AsParameters] CapitalFilter filter, [AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = CapitalFilter.Sorting.Of(filter.Sort, CapitalFilter.Usual);
            if (unknown is not null) return Problems.Of(unknown);
            var (then, conditions) = (await rows.At(asOf, ct), filter.ToSql(sight));
            var found = await then.Part(CapitalFilter.Columns, CapitalFilter.Tables, conditions, order, skip, limit, Read(then), ct);
            var sums = SumsOf((await then.All(CapitalFilter.Columns, CapitalFilter.Tables, conditions, "d.id", Read(then), ct)).Select(item => item.Entry));
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next, sums });
        })
        .WithSummary("Capital in place, the newest first, with the sums of what the filter finds")
        .RequireAuthorization(Policies.Read);

        capital.MapGet("{id:guid}", async (Guid id, [AsParameters] RecordAsOf asOf, HttpContext http, CapitalReader reader, CancellationToken ct) =>
            http.Answer(await reader.FindAsOf(id, asOf, ct), entry => entry.Version))
        .WithSummary("One arrival of capital, as it stands or as it stood after one of its events (`version`) or at an instant (`knownAt`)")
        .Produces<CapitalEntry>()
        .RequireAuthorization(Policies.Read);
    }

    public static CapitalSums SumsOf(IEnumerable<CapitalEntry> entries)
    {
        var known = entries.ToList();
        var counted = known.Where(entry => entry.Status is CapitalStatus.Confirmed).ToList();
        Money Sum(IEnumerable<CapitalEntry> of, Func<CapitalEntry, decimal> yuan) => Money.Yuan(of.Sum(yuan));
        var fixedAssets = Sum(counted, FixedYuan);
        return new(
            Sum(counted.Where(entry => entry.Rate is null), entry => entry.Yuan.Value),
            Sum(counted.Where(entry => entry.Rate is not null), entry => entry.Yuan.Value),
            fixedAssets, Sum(counted, entry => entry.Yuan.Value) - fixedAssets,
            Sum(known.Where(entry => entry.Status is CapitalStatus.Logged), entry => entry.Yuan.Value));
    }

    /// <summary>The part of it in fixed assets, at the rate of the day of arrival.</summary>
    public static decimal FixedYuan(CapitalEntry entry) => decimal.Round(entry.FixedAssets.Value * (entry.Rate ?? 1), 2, MidpointRounding.AwayFromZero);

    internal static Func<DbDataReader, CapitalItem> Read(Rows rows) => row => new(rows.Document<CapitalEntry>(row, 0), row.GetString(1));
}
