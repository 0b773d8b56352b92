namespace Luodi.Contracts.Projects;

/// <summary>What proves that capital arrived.</summary>
public static class CapitalEvidence
{
    /// <summary>验资报告</summary>
    public const string VerificationReport = "capital-verification-report";

    /// <summary>银行回单</summary>
    public const string BankSlip = "bank-slip";

    /// <summary>设备清单</summary>
    public const string EquipmentList = "equipment-list";

    /// <summary>In the order of every form.</summary>
    public static IReadOnlyList<string> All { get; } = [VerificationReport, BankSlip, EquipmentList];
}

/// <summary>Capital in place 到位资金 was logged: money or equipment arrived for the project on <paramref name="ArrivedOn"/>. It counts once a second person has confirmed it.</summary>
/// <param name="Amount">In the currency in which it arrived.</param>
/// <param name="FixedAssets">The part of it in fixed assets, in the same currency; the rest is working capital.</param>
/// <param name="Rate">Yuan for one unit of the currency on the day of arrival, as quoted; null for yuan. A later rate changes no figure.</param>
/// <param name="RateSource">Who quoted it.</param>
/// <param name="Yuan">The amount at that rate, rounded half up to fen; the amount itself for yuan.</param>
/// <param name="Evidence">One of <see cref="CapitalEvidence"/>.</param>
/// <param name="EvidenceNumber">The number of that paper, so that a reader finds it.</param>
/// <param name="Department">The code of the department of who logged it.</param>
[EventName("capital_logged")]
public sealed record CapitalLogged(
    Guid CapitalId, Guid ProjectId, DateOnly ArrivedOn, Money Amount, Money FixedAssets, decimal? Rate, string? RateSource, Money Yuan, string Evidence, string EvidenceNumber,
    bool Illustrative, string? Department);

/// <summary>A second person confirmed it: it counts from its day on.</summary>
[EventName("capital_confirmed")]
public sealed record CapitalConfirmed(Guid CapitalId);

/// <summary>A second person returned it, the reason beside the event: it counts nothing, and is logged anew if it is to.</summary>
[EventName("capital_returned")]
public sealed record CapitalReturned(Guid CapitalId);

/// <summary>Its recognition was revoked, the reason beside the event: it counts nothing from now on, and history shows that it did.</summary>
[EventName("capital_revoked")]
public sealed record CapitalRevoked(Guid CapitalId);
