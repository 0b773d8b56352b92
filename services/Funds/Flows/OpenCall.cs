namespace Luodi.Funds.Flows;

/// <summary>What is left of a call. A payment that was taken back leaves one, due on the day of the payment.</summary>
/// <param name="Id">The flow that opened it.</param>
public sealed record OpenCall(Guid Id, Guid PartnerId, DateOnly DueOn, decimal Left);

/// <summary>A payment pays what was due first. The calls of a partner that are open add up to what was called and not paid.</summary>
internal static class OpenCalls
{
    public static IReadOnlyList<OpenCall> Opened(this IReadOnlyList<OpenCall> calls, Guid id, Guid? partner, DateOnly dueOn, decimal amount) =>
        [.. calls.Append(new(id, partner.GetValueOrDefault(), dueOn, amount)).OrderBy(call => call.DueOn)];

    public static IReadOnlyList<OpenCall> Paid(this IReadOnlyList<OpenCall> calls, Guid? partner, decimal amount) =>
        Settled(calls, calls.Where(call => call.PartnerId == partner), amount).Left;

    /// <summary>The call is taken back: first what is open of it, then what was due last.</summary>
    public static IReadOnlyList<OpenCall> Recanted(this IReadOnlyList<OpenCall> calls, Guid id, Guid? partner, decimal amount) =>
        Settled(calls, calls.Where(call => call.PartnerId == partner).Reverse().OrderBy(call => call.Id != id), amount).Left;

    public static IReadOnlyList<OpenCall> Handed(this IReadOnlyList<OpenCall> calls, Guid from, Guid to, decimal amount)
    {
        var (left, settled) = Settled(calls, calls.Where(call => call.PartnerId == from), amount);
        return [.. left.Concat(settled.Select(call => call with { PartnerId = to })).OrderBy(call => call.DueOn)];
    }

    private static (IReadOnlyList<OpenCall> Left, IReadOnlyList<OpenCall> Settled) Settled(IReadOnlyList<OpenCall> calls, IEnumerable<OpenCall> inTurn, decimal amount)
    {
        var taken = new Dictionary<OpenCall, decimal>(ReferenceEqualityComparer.Instance);
        foreach (var call in inTurn)
        {
            var part = Math.Min(call.Left, amount);
            if (part <= 0) break;
            taken[call] = part;
            amount -= part;
        }
        return (
            [.. calls.Select(call => call with { Left = call.Left - taken.GetValueOrDefault(call) }).Where(call => call.Left > 0)],
            [.. taken.Select(each => each.Key with { Left = each.Value })]);
    }
}
