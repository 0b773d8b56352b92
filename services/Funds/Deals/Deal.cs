namespace Luodi.Funds.Deals;

/// <summary>An investment of a fund in a project, with sums in the fund's currency.</summary>
/// <param name="AgreementId">The agreement by which the fund takes part.</param>
/// <param name="Amount">What is committed to it; of one that was cancelled what had been paid out.</param>
public sealed record Deal(Guid Id, Guid ProjectId, Guid? AgreementId, decimal Amount)
{
    /// <summary>Nothing more is paid out to it.</summary>
    public bool Cancelled { get; init; }

    public decimal Disbursed { get; init; }

    /// <summary>The part of it that left with exits.</summary>
    public decimal CostExited { get; init; }

    public decimal Proceeds { get; init; }
    public decimal Income { get; init; }

    public decimal Undisbursed => Amount - Disbursed;

    public decimal CostLeft => Disbursed - CostExited;

    /// <summary><c>committed</c>, <c>invested</c> (something was paid out), <c>partly-exited</c>, <c>exited</c>, <c>cancelled</c> (before anything was paid out).</summary>
    public string Status =>
        Disbursed == 0 ? (Cancelled ? "cancelled" : "committed")
        : CostExited == 0 ? "invested"
        : CostLeft > 0 || Undisbursed > 0 ? "partly-exited"
        : "exited";
}
