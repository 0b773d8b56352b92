using Luodi.Funds.Flows;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Funds.Reinvestment;

/// <summary>Whose reinvestment a list shows.</summary>
/// <param name="Fund">Of one fund.</param>
/// <param name="Q">A part of the fund's name.</param>
/// <param name="Sort">fund, recognised or opened, <c>-</c> in front for descending.</param>
public sealed record ReinvestmentFilter(Guid? Fund = null, string? Q = null, string? Department = null, string? Sort = null)
{
    internal const string Opened = "opened";

    internal const string Columns = "d.data, f.data->>'name'";

    internal const string From = "funds.mt_doc_reinvestmentbook d join funds.mt_doc_fund f on f.id = (d.data->>'fundId')::uuid";

    internal static readonly Sorting Sorting = new("d.id",
        ("fund", Sorting.Spoken("f.data->>'name'")),
        ("recognised", "(d.data->>'recognisedYuan')::numeric"),
        (Opened, "d.id"));

    internal Conditions ToSql(Sight sight)
    {
        var conditions = new Conditions();
        return conditions
            .And(sight.In(conditions, "d.data->>'department'"))
            .And("f.id = {0}", Fund)
            .AndContains(Q, "f.data->>'name'")
            .And("d.data->>'department' = {0}", Department);
    }
}

public sealed record ReinvestmentItem(ReinvestmentBook Book, string FundName);

/// <summary>One fund's reinvestment with what each of its cases counts.</summary>
/// <param name="Counted">The recognised cases in the order of their days.</param>
/// <param name="Progress">What is owed and recognised today; null of the past.</param>
public sealed record ReinvestmentSheet(ReinvestmentBook Book, IReadOnlyList<RecognisedCase> Counted, ReinvestmentProgress? Progress);

/// <summary>Reinvestment as the bearer of a token sees it.</summary>
public sealed class ReinvestmentReader(IQuerySession session, Pasts pasts, Sight sight) : ISee
{
    /// <returns>Null where there is none of that id, or none that the reader sees.</returns>
    public async Task<ReinvestmentBook?> Find(Guid id, CancellationToken ct) => await session.LoadAsync<ReinvestmentBook>(id, ct) is { } book && sight.Sees(book.Department) ? book : null;

    /// <summary>As it stood.</summary>
    public async Task<ReinvestmentBook?> FindAsOf(Guid id, RecordAsOf asOf, CancellationToken ct) => await pasts.Of(await Find(id, ct), id, asOf, ct);

    /// <summary>What is owed and recognised on a day.</summary>
    public async Task<ReinvestmentProgress> ProgressOf(ReinvestmentBook book, DateOnly on, CancellationToken ct) =>
        Recognition.ProgressOf(book, await session.Query<Flow>().Where(flow => flow.FundId == book.FundId && flow.Kind == FlowKinds.PaidIn).ToListAsync(ct), new Figures.AsOf(on));

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Find(id, ct) is not null;
}

public static class ListReinvestmentFeature
{
    public static void MapListReinvestment(this IEndpointRouteBuilder books)
    {
        books.MapGet("", async ([AsParameters] ReinvestmentFilter filter, [AsParameters] ServiceDefaults.Recall.AsOf asOf, Sight sight, Rows rows, CancellationToken ct, int skip = 0, int limit = Rows.Limit) =>
        {
            var (order, unknown) = ReinvestmentFilter.Sorting.Of(filter.Sort, ReinvestmentFilter.Opened);
            if (unknown is not null) return Problems.Of(unknown);
            var then = await rows.At(asOf, ct);
            var found = await then.Part(ReinvestmentFilter.Columns, ReinvestmentFilter.From, filter.ToSql(sight), order, skip, limit, row => new ReinvestmentItem(then.Document<ReinvestmentBook>(row, 0), row.GetString(1)), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("The reinvestment of funds: rules and what was recognised")
        .RequireAuthorization(Policies.Read);

        books.MapGet("{id:guid}", async (Guid id, [AsParameters] RecordAsOf asOf, HttpContext http, ReinvestmentReader reader, TimeProvider clock, CancellationToken ct) =>
            http.Answer(
                await reader.FindAsOf(id, asOf, ct) is { } book ? new ReinvestmentSheet(book, Recognition.Of(book.Cases, DateOnly.MaxValue), asOf.IsNow ? await reader.ProgressOf(book, clock.Today(), ct) : null) : null,
                sheet => sheet.Book.Version))
        .WithSummary("One fund's reinvestment with what each case counts, as it stands or as it stood after one of its events")
        .Produces<ReinvestmentSheet>()
        .RequireAuthorization(Policies.Read);
    }
}
