namespace Luodi.Projects.Owners;

/// <summary>One owner's part of a time.</summary>
/// <param name="Days">Days on which the project was theirs.</param>
/// <param name="Share">Of the time, 0 to 1, rounded half up to 4 decimals.</param>
public sealed record CreditShare(string Owner, int Days, decimal Share);

/// <summary>What is credited for a project goes to those who had it, by the days on which they had it, not to who has it today.</summary>
public static class Credit
{
    /// <summary>From the first owner's first day to <paramref name="to"/>, both included.</summary>
    public static IReadOnlyList<CreditShare> Of(IReadOnlyList<Ownership> owners, DateOnly to)
    {
        var ends = owners.Skip(1).Select(next => Math.Min(next.From.DayNumber, to.DayNumber + 1)).Append(to.DayNumber + 1);
        var spans = owners.Zip(ends, (each, end) => (each.Owner, Days: Math.Max(0, end - each.From.DayNumber))).ToList();
        var whole = spans.Sum(span => span.Days);
        return [.. spans.GroupBy(span => span.Owner)
            .Select(owner => (owner.Key, Days: owner.Sum(span => span.Days)))
            .Where(owner => owner.Days > 0)
            .Select(owner => new CreditShare(owner.Key, owner.Days, decimal.Round((decimal)owner.Days / whole, 4, MidpointRounding.AwayFromZero)))];
    }
}
