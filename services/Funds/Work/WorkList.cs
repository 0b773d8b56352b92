using Luodi.Funds.Confirming;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Funds.Work;

/// <param name="PartnerName">Whose money it is.</param>
public sealed record WaitingEntry(Guid FundId, string FundName, string Currency, Pending Entry, string? PartnerName, Guid? ProjectId);

/// <summary>What waits for the bearer of the token: subscriptions, transfers, deals and flows that somebody else logged.</summary>
public static class WorkListFeature
{
    private const string From = "funds.mt_doc_fund d cross join jsonb_array_elements(d.data->'pending') entry";

    private static readonly Sorting Sorting = new("entry->>'id'",
        ("on", "entry->>'on'"),
        ("fund", Sorting.Spoken("d.data->>'name'")),
        ("kind", Sorting.Listed("entry->>'kind'", EntryKinds.All)),
        ("amount", "(entry->>'amount')::numeric"));

    public static void MapWorkList(this IEndpointRouteBuilder api)
    {
        var work = api.MapGroup("work").WithTags("Work").RequireAuthorization(Policies.Confirm);

        work.MapGet("", async (HttpContext http, Sight sight, Rows rows, CancellationToken ct) =>
            new { entries = await rows.Count(From, Entries(sight, Acting.Of(http).Actor), ct) })
        .WithSummary("How much waits for you");

        work.MapGet("entries", async (HttpContext http, Sight sight, Rows rows, CancellationToken ct, string? kind = null, Guid? fund = null, string? sort = null, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = Sorting.Of(sort, "on");
            if (unknown is not null) return Problems.Of(unknown);
            var conditions = Entries(sight, Acting.Of(http).Actor).And("entry->>'kind' = {0}", kind).And("d.id = {0}", fund);
            var found = await rows.Part("d.data, entry->>'id'", From, conditions, order, skip, limit, row => Read(rows.Document<Fund>(row, 0), Guid.Parse(row.GetString(1))), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("What somebody else logged of funds and you may confirm or return");
    }

    /// <summary>Confirming is for the department that logged it.</summary>
    private static Conditions Entries(Sight sight, string actor)
    {
        var conditions = new Conditions();
        return conditions.And(sight.In(conditions, "d.data->>'department'")).And("entry->>'loggedBy' is distinct from {0}", actor);
    }

    private static WaitingEntry Read(Fund fund, Guid id)
    {
        var entry = fund.Pending.First(each => each.Id == id);
        return new(fund.Id, fund.Name, fund.Currency, entry, fund.PartnerOf(entry.PartnerId)?.Name, entry.ProjectId ?? fund.DealOf(entry.DealId)?.ProjectId);
    }
}
