using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Lists;
using Luodi.Signings.KnownProjects;
using Marten;

namespace Luodi.Signings.Obligations;

/// <summary>
/// Says of every obligation whose day passed that it is overdue, once. What is due stands in the store and not in a timer: after a restart, or a
/// night without electricity, the next look finds what was missed.
/// </summary>
public sealed class DueWatch(IDocumentStore store, Rows rows, TimeProvider clock, IConfiguration configuration, ILogger<DueWatch> log) : BackgroundService
{
    private const int AtOnce = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(configuration.GetValue("Obligations:LookedAtEvery", TimeSpan.FromSeconds(15)), clock);
        do
        {
            try
            {
                while (await Look(stoppingToken) == AtOnce)
                {
                }
            }
            catch (Exception away) when (away is not OperationCanceledException)
            {
                log.LogWarning(away, "Which obligations are overdue could not be looked up; the next look finds them");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> Look(CancellationToken ct)
    {
        var today = clock.Today();
        var conditions = ObligationFilter.Open(new Conditions());
        conditions.And($"((d.data->>'dueOn')::date < {conditions.Parameter(today)} and d.data->>'overdueSaid' is distinct from d.data->>'dueOn' or {Met})");
        var found = await rows.Part("d.id", ObligationFilter.Tables, conditions, "d.id", 0, AtOnce, row => row.GetGuid(0), ct);
        foreach (var id in found.Items)
        {
            await using var session = store.LightweightSession();
            var stream = await session.Events.FetchForWriting<Obligation>(id, ct);
            if (stream.Aggregate is not { } obligation) continue;
            var known = await ProjectKnowledge.Read(obligation.ProjectId, session, ct);
            stream.AppendMany([.. session.Record(Decide(obligation, known.Project, known.Capital, today), new Acting("service:signings", $"due {obligation.DueOn:yyyy-MM-dd}", null), today)]);
            try
            {
                await session.SaveChangesAsync(ct);
            }
            catch (JasperFx.ConcurrencyException)
            {
                // Somebody changed it this moment; the next look decides on what stands then.
            }
        }
        return found.Items.Count;
    }

    // An obligation that was written down in the moment in which the news of its fulfilment came: neither saw the other.
    private const string Met = """
        p.data->'reached'->>(case d.data->>'kind' when 'register' then 'registered' when 'break-ground' then 'ground-broken' when 'complete' then 'completed' when 'produce' then 'in-production' end) is not null
        or d.data->>'kind' = 'invest' and (d.data->'amount'->>'value')::numeric <= (
          select sum((c.data->'yuan'->>'value')::numeric) from signings.mt_doc_knowncapital c where c.data->>'projectId' = d.data->>'projectId' and (c.data->>'confirmed')::boolean)
        """;

    public static Decision Decide(Obligation obligation, KnownProject? project, IEnumerable<KnownCapital> capital, DateOnly today) =>
        Settling.Settle(obligation, project, capital) is { Events.Count: > 0 } settled ? settled : Decide(obligation, today);

    public static Decision Decide(Obligation obligation, DateOnly today) =>
        obligation.FulfilledOn is null && obligation.DueOn < today && obligation.OverdueSaid != obligation.DueOn
            ? Decision.Accept(new ObligationOverdue(obligation.Id, obligation.DueOn)).Effective(obligation.DueOn.AddDays(1))
            : Decision.Accept();
}
