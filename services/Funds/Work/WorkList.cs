using System.Data.Common;
using System.Globalization;
using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.Funds.Confirming;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Funds.Work;

/// <summary>An entry that waits for a second person.</summary>
/// <param name="Of">fund, facility or reinvestment.</param>
/// <param name="RecordId">The fund, also of a reinvestment, or the facility.</param>
/// <param name="Kind">One of <see cref="EntryKinds"/>, <see cref="FacilityEntryKinds"/> or <see cref="ReinvestmentWays"/>.</param>
/// <param name="Party">Whose money it is: the partner or the firm.</param>
public sealed record WaitingEntry(string Of, Guid RecordId, string RecordName, Guid Id, string Kind, DateOnly On, Money Amount, string? Party, string? LoggedBy, Guid? ProjectId);

/// <summary>What waits for the bearer of the token: what somebody else logged of funds, of facilities and of reinvestment.</summary>
public static class WorkListFeature
{
    private const string From = """
        (select 'fund' as record, d.id, d.data->>'name' as name, d.data->>'department' as department, e->>'id' as entry, e->>'kind' as kind, e->>'on' as day, (e->>'amount')::numeric as amount, d.data->>'currency' as currency,
           (select p->>'name' from jsonb_array_elements(d.data->'partners') p where p->>'id' = e->>'partnerId') as party, e->>'loggedBy' as logged_by,
           coalesce(e->>'projectId', (select deal->>'projectId' from jsonb_array_elements(d.data->'deals') deal where deal->>'id' = e->>'dealId')) as project
         from funds.mt_doc_fund d cross join jsonb_array_elements(d.data->'pending') e
         union all
         select 'facility', d.id, d.data->>'name', d.data->>'department', e->>'id', e->>'kind', e->>'on', (e->'amount'->>'value')::numeric, e->'amount'->>'currency', e->>'firm', e->>'loggedBy', null
         from funds.mt_doc_facility d cross join jsonb_array_elements(d.data->'entries') e where e->>'status' = 'Logged'
         union all
         select 'reinvestment', f.id, f.data->>'name', d.data->>'department', e->>'id', e->>'way', e->>'on', (e->'amount'->>'value')::numeric, e->'amount'->>'currency', e->>'firm', e->>'loggedBy', null
         from funds.mt_doc_reinvestmentbook d join funds.mt_doc_fund f on f.id = (d.data->>'fundId')::uuid cross join jsonb_array_elements(d.data->'cases') e where e->>'status' = 'Logged') w
        """;

    private const string Columns = "w.record, w.id, w.name, w.entry, w.kind, w.day, w.amount, w.currency, w.party, w.logged_by, w.project";

    private static readonly Sorting Sorting = new("w.entry",
        ("on", "w.day"),
        ("fund", Sorting.Spoken("w.name")),
        ("kind", Sorting.Listed("w.kind", [.. EntryKinds.All, .. FacilityEntryKinds.All, .. ReinvestmentWays.All])),
        ("amount", "w.amount"));

    public static void MapWorkList(this IEndpointRouteBuilder api)
    {
        var work = api.MapGroup("work").WithTags("Work").RequireAuthorization(Policies.Confirm);

        work.MapGet("", async (HttpContext http, Sight sight, Rows rows, CancellationToken ct) =>
            new { entries = await rows.Count(From, Entries(sight, Acting.Of(http).Actor), ct) })
        .WithSummary("How much waits for you");

        work.MapGet("entries", async (HttpContext http, Sight sight, Rows rows, CancellationToken ct, string? of = null, string? kind = null, Guid? record = null, string? sort = null, int skip = 0, int limit = 50) =>
        {
            var (order, unknown) = Sorting.Of(sort, "on");
            if (unknown is not null) return Problems.Of(unknown);
            var conditions = Entries(sight, Acting.Of(http).Actor).And("w.record = {0}", of).And("w.kind = {0}", kind).And("w.id = {0}", record);
            var found = await rows.Part(Columns, From, conditions, order, skip, limit, Read, ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("What somebody else logged of funds, facilities and reinvestment, and you may confirm or return; `of` is fund, facility or reinvestment");
    }

    /// <summary>Confirming is for the department that logged it.</summary>
    private static Conditions Entries(Sight sight, string actor)
    {
        var conditions = new Conditions();
        return conditions.And(sight.In(conditions, "w.department")).And("w.logged_by is distinct from {0}", actor);
    }

    private static WaitingEntry Read(DbDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new(row.GetString(0), row.GetGuid(1), row.GetString(2), Guid.Parse(row.GetString(3)), row.GetString(4), DateOnly.ParseExact(row.GetString(5), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            new Money(row.GetDecimal(6), row.GetString(7)), Text(8), Text(9), Text(10) is { } project ? Guid.Parse(project) : null);
    }
}
