namespace Luodi.Contracts.Funds;

/// <summary>What reinvestment is owed for.</summary>
public static class ReinvestmentBases
{
    /// <summary>Nothing is owed from this version on.</summary>
    public const string None = "none";

    /// <summary>What one partner, such as the city's, has paid in.</summary>
    public const string Partner = "partner";

    /// <summary>What all partners have paid in.</summary>
    public const string Fund = "fund";

    public static IReadOnlyList<string> All { get; } = [None, Partner, Fund];
}

/// <summary>What counts as reinvestment.</summary>
public static class ReinvestmentWays
{
    /// <summary>投资本地企业: what the fund itself invests in a firm of the place.</summary>
    public const string OwnSpending = "own-spending";

    /// <summary>引入企业: what a firm that was brought in has invested.</summary>
    public const string IntroducedFirm = "introduced-firm";

    /// <summary>总部迁入: a firm's headquarters moved in; a multiple of what this fund has paid for it.</summary>
    public const string HeadquartersMoved = "headquarters-moved";

    public static IReadOnlyList<string> All { get; } = [OwnSpending, IntroducedFirm, HeadquartersMoved];
}

/// <summary>The reinvestment 返投 of a fund is kept from now on.</summary>
/// <param name="Department">The code of the department that looks after the fund.</param>
[EventName("reinvestment_opened")]
public sealed record ReinvestmentOpened(Guid ReinvestmentId, Guid FundId, bool Illustrative, string? Department);

/// <summary>The rule was set, as the fund's papers say. What was recognised before counts by the rule of its time.</summary>
/// <param name="Base">One of <see cref="ReinvestmentBases"/>.</param>
/// <param name="PartnerId">Whose contribution it is, for that base; null otherwise.</param>
/// <param name="Multiple">How many times the base is owed.</param>
/// <param name="Ways">Which of <see cref="ReinvestmentWays"/> count.</param>
/// <param name="Rates">At which rate each of them counts, in the same order.</param>
/// <param name="NetOfTaxes">Whether taxes and fees are taken out before.</param>
/// <param name="Source">The paper that says so.</param>
[EventName("reinvestment_rule_set")]
public sealed record ReinvestmentRuleSet(
    Guid ReinvestmentId, int RuleVersion, string Base, Guid? PartnerId, decimal Multiple, IReadOnlyList<string> Ways, IReadOnlyList<decimal> Rates, bool NetOfTaxes, string Source, DateOnly EffectiveFrom);

/// <summary>Something that may count as reinvestment was logged, with its evidence. It counts once a second person has confirmed it.</summary>
/// <param name="RuleVersion">The rule by which it counts.</param>
/// <param name="Firm">By the name on the paper.</param>
/// <param name="Way">One of <see cref="ReinvestmentWays"/>.</param>
/// <param name="Amount">What was spent or invested, taxes and fees included; of a headquarters what this fund has paid for it.</param>
/// <param name="TaxesAndFees">The part of it that is taxes and fees.</param>
/// <param name="Evidence">The paper or file by its number, so that a reader finds it.</param>
[EventName("reinvestment_logged")]
public sealed record ReinvestmentLogged(Guid ReinvestmentId, Guid CaseId, int RuleVersion, string Firm, string Way, DateOnly On, Money Amount, Money TaxesAndFees, string Evidence);

/// <summary>A second person confirmed it: it is recognised from its day on.</summary>
[EventName("reinvestment_recognised")]
public sealed record ReinvestmentRecognised(Guid ReinvestmentId, Guid CaseId);

/// <summary>A second person returned it, the reason beside the event: it counts nothing, and is logged anew if it is to.</summary>
[EventName("reinvestment_returned")]
public sealed record ReinvestmentReturned(Guid ReinvestmentId, Guid CaseId);

/// <summary>Its recognition was revoked, the reason beside the event: it counts nothing from now on, and history shows that it did.</summary>
[EventName("reinvestment_revoked")]
public sealed record ReinvestmentRevoked(Guid ReinvestmentId, Guid CaseId);
