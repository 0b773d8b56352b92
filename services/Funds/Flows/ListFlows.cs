using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Flows;

/// <summary>Which flows of a fund a list or a file shows.</summary>
/// <param name="Kind">One of <see cref="FlowKinds"/>.</param>
/// <param name="Flow">Only this one.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Reversed">true: those that were reversed too; otherwise those that count.</param>
/// <param name="AsOf">Those that counted after this event of the fund.</param>
/// <param name="Sort">on, kind, amount or confirmed, <c>-</c> in front for descending.</param>
public sealed record FlowFilter(
    string? Kind = null, Guid? Partner = null, Guid? Deal = null, DateOnly? From = null, DateOnly? To = null, bool? Reversed = null, long? AsOf = null, string? Sort = null, Guid? Flow = null)
{
    internal const string Usual = "-on";

    internal const string Tables = "funds.mt_doc_flow d join funds.mt_doc_fund f on f.id = (d.data->>'fundId')::uuid";

    private const string Amount = "(d.data->>'amount')::numeric";

    internal static readonly Sorting Sorting = new("d.id",
        ("on", "d.data->>'on'"),
        ("kind", Sorting.Listed("d.data->>'kind'", FlowKinds.Every)),
        ("amount", Amount),
        ("confirmed", "(d.data->>'since')::bigint"));

    /// <param name="fund">Only of this one.</param>
    internal Conditions ToSql(Sight sight, Guid fund)
    {
        var conditions = new Conditions();
        conditions
            .And(sight.In(conditions, "f.data->>'department'"))
            .And("(d.data->>'fundId')::uuid = {0}", fund)
            .And("d.id = {0}", Flow)
            .And("d.data->>'kind' = {0}", Kind)
            .And("(d.data->>'partnerId')::uuid = {0}", Partner)
            .And("(d.data->>'dealId')::uuid = {0}", Deal)
            .And("(d.data->>'on')::date >= {0}", From)
            .And("(d.data->>'on')::date <= {0}", To);
        return AsOf is { } version
            ? conditions.And("(d.data->>'since')::bigint <= {0} and coalesce((d.data->>'until')::bigint > {0}, true)", version)
            : conditions.And(Reversed is true ? "true" : "d.data->>'until' is null");
    }
}

/// <summary>A flow with the names that a reader looks for.</summary>
/// <param name="ProjectName">In a file; a list leaves it to who shows it.</param>
public sealed record FlowItem(Flow Flow, string? PartnerName, Guid? ProjectId, string Currency, string? ProjectName = null);

public static class ListFlowsFeature
{
    public static IReadOnlyList<Column<FlowItem>> Columns { get; } =
    [
        new("on", "On", item => item.Flow.On),
        new("flow", "Kind", item => item.Flow.Kind, Coded: true),
        new("amount", "Amount in the fund's currency", item => item.Flow.Amount),
        new("cost", "Cost or capital returned", item => item.Flow.Cost),
        new("currency", "Currency", item => item.Currency),
        new("partner", "Partner", item => item.PartnerName),
        new("project", "Project", item => item.ProjectName),
        new("projectId", "Project id", item => item.ProjectId?.ToString()),
        new("recallable", "Recallable", item => item.Flow.Recallable ? "recallable" : "", Coded: true),
        new("reversed", "Reversed", item => item.Flow.Until is null ? "" : "reversed", Coded: true),
    ];

    public static void MapListFlows(this IEndpointRouteBuilder funds)
    {
        funds.MapGet("{id:guid}/flows", async (Guid id, [AsParameters] FlowFilter filter, [AsParameters] AsOf asOf, FundReader reader, Sight sight, Rows rows, CancellationToken ct, int skip = 0, int limit = 50) =>
        {
            if (await reader.FindAsOf(id, asOf.OfRecord, ct) is not { } fund) return Problems.Of(new NotFound());
            var (order, unknown) = FlowFilter.Sorting.Of(filter.Sort, FlowFilter.Usual);
            if (unknown is not null) return Problems.Of(unknown);
            var then = await rows.At(asOf, ct);
            var found = await then.Part("d.data", FlowFilter.Tables, filter.ToSql(sight, id), order, skip, limit, row => Item(fund, then.Document<Flow>(row, 0)), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("The confirmed flows of a fund, the newest first; those that were reversed too, or as they counted after one of its events")
        .RequireAuthorization(Policies.Read);

        funds.MapGet("{id:guid}/flows/export", async (
            Guid id, [AsParameters] FlowFilter filter, [AsParameters] AsOf asOf, FundReader reader, Sight sight, Rows rows, Departments departments, ProjectNames projects, CancellationToken ct, string? columns = null, string? format = null) =>
        {
            if (await reader.FindAsOf(id, asOf.OfRecord, ct) is not { } fund) return Problems.Of(new NotFound());
            var (order, unknown) = FlowFilter.Sorting.Of(filter.Sort, FlowFilter.Usual);
            if (unknown is not null) return Problems.Of(unknown);
            var then = await rows.At(asOf, ct);
            var names = await projects.Of(fund.Deals.Select(deal => deal.ProjectId), ct);
            return await Export.Of("flows", Columns, columns, format, then.Today, departments,
                    () => then.All("d.data", FlowFilter.Tables, filter.ToSql(sight, id), order, row => Named(Item(fund, then.Document<Flow>(row, 0)), names), ct), ct);
        })
        .WithSummary("The flows of a fund as a file: columns with commas between, format xlsx or csv")
        .RequireAuthorization(Policies.Read);
    }

    private static FlowItem Named(FlowItem item, IReadOnlyDictionary<Guid, string> names) => item with { ProjectName = item.ProjectId is { } project ? names.GetValueOrDefault(project) : null };

    private static FlowItem Item(Fund fund, Flow flow) => new(flow, fund.PartnerOf(flow.PartnerId)?.Name, fund.DealOf(flow.DealId)?.ProjectId, fund.Currency);
}
