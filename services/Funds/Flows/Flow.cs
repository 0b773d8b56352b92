namespace Luodi.Funds.Flows;

/// <summary>What a flow of a fund can be. Each is dated, confirmed by a second person and corrected by a reversal.</summary>
public static class FlowKinds
{
    /// <summary>Capital called from a partner, due on its day: no cash moves.</summary>
    public const string Called = "called";

    /// <summary>A partner pays what was called.</summary>
    public const string PaidIn = "paid-in";

    public const string Fee = "fee";
    public const string Expense = "expense";

    /// <summary>A tranche paid out to a deal.</summary>
    public const string Disbursed = "disbursed";

    /// <summary>The fair value of a deal on a day, whole: up, down or zero. No cash moves.</summary>
    public const string Valued = "valued";

    /// <summary>Interest and dividends from a deal, or from money at the bank.</summary>
    public const string Income = "income";

    /// <summary>Money back from a deal that is sold, partly or fully.</summary>
    public const string Exited = "exited";

    /// <summary>Paid out to a partner.</summary>
    public const string Distributed = "distributed";

    /// <summary>A recallable distribution, called back and paid again by the partner.</summary>
    public const string Recalled = "recalled";

    /// <summary>Paid into another fund of the family: recorded with that fund's flow, never logged by itself.</summary>
    public const string StakePaid = "stake-paid";

    /// <summary>Distributed by another fund of the family: recorded with that fund's flow, never logged by itself.</summary>
    public const string StakeReturned = "stake-returned";

    /// <summary>Those that are logged.</summary>
    public static IReadOnlyList<string> All { get; } = [Called, PaidIn, Fee, Expense, Disbursed, Valued, Income, Exited, Distributed, Recalled];

    public static IReadOnlyList<string> Every { get; } = [.. All, StakePaid, StakeReturned];
}

/// <summary>One confirmed flow of a fund.</summary>
/// <param name="Kind">One of <see cref="FlowKinds"/>.</param>
/// <param name="On">The day on which it took effect.</param>
/// <param name="Amount">In the currency of the fund, never negative; 0 for a deal that is written off.</param>
/// <param name="PartnerId">Whose money it is: called, paid in, distributed, recalled.</param>
/// <param name="DealId">The deal: disbursed, valued, exited, and income of a deal. The other fund of the family in which the money is: stake-paid, stake-returned, and valued.</param>
/// <param name="Cost">Exited and stake-returned: the part of the cost that left with it. Distributed: the part that returns capital; the rest is gain. 0 otherwise.</param>
/// <param name="Recallable">Whether the fund may call back what it distributed.</param>
/// <param name="Since">The version of the fund from which it counts.</param>
/// <param name="KnownFrom">When it was confirmed.</param>
/// <param name="Until">The version of the fund from which it was reversed, or null.</param>
/// <param name="KnownUntil">When it was reversed, or null.</param>
public sealed record Flow(Guid Id, Guid FundId, string Kind, DateOnly On, decimal Amount, Guid? PartnerId, Guid? DealId, decimal Cost, bool Recallable, long Since, DateTimeOffset KnownFrom, long? Until = null, DateTimeOffset? KnownUntil = null)
{
    /// <summary>The flow of the other fund of the family that moved this money.</summary>
    public Guid? With { get; init; }
}
