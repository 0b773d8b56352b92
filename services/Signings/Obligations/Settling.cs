using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.KnownProjects;

namespace Luodi.Signings.Obligations;

/// <summary>
/// What projects say settles obligations. The rule looks at all that is known of the project and not at the news alone: in whatever order news
/// comes, and however often, the end is the same.
/// </summary>
public static class Settling
{
    private static readonly Dictionary<string, string> StageOf = new(StringComparer.Ordinal)
    {
        [ObligationKinds.Register] = Stages.Registered,
        [ObligationKinds.BreakGround] = Stages.GroundBroken,
        [ObligationKinds.Complete] = Stages.Completed,
        [ObligationKinds.Produce] = Stages.InProduction,
    };

    /// <param name="project">Null where nothing was heard of it.</param>
    /// <param name="capital">Its arrivals, confirmed or not.</param>
    public static Decision Settle(Obligation obligation, KnownProject? project, IEnumerable<KnownCapital> capital)
    {
        // What somebody logged by hand stands until somebody takes it back.
        if (obligation.FulfilledBy is Fulfilments.Evidence) return Decision.Accept();
        var (met, by) = StageOf.TryGetValue(obligation.Kind, out var stage)
            ? (project?.ReachedOn(stage), Fulfilments.Milestone)
            : (obligation.Kind is ObligationKinds.Invest && obligation.Amount is { } amount ? ReachedOn(amount, capital) : null, Fulfilments.Capital);
        return met == obligation.FulfilledOn ? Decision.Accept()
            : met is { } on ? Decision.Accept(new ObligationFulfilled(obligation.Id, on, by, null)).Effective(on)
            : Decision.Accept(new ObligationReopened(obligation.Id));
    }

    /// <summary>The day on which the confirmed arrivals came to the amount; null while they do not.</summary>
    public static DateOnly? ReachedOn(Money amount, IEnumerable<KnownCapital> capital)
    {
        var sum = 0m;
        foreach (var day in capital.Where(entry => entry.Confirmed).GroupBy(entry => entry.ArrivedOn).OrderBy(day => day.Key))
        {
            sum += day.Sum(entry => entry.Yuan.Value);
            if (sum >= amount.Value) return day.Key;
        }
        return null;
    }
}
