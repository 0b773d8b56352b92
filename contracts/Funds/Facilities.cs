namespace Luodi.Contracts.Funds;

/// <summary>Finance products beside the funds: what a bank lends to firms and the government shares the risk of.</summary>
public static class FacilityProducts
{
    /// <summary>政府性融资担保贷款（1.0）</summary>
    public const string GuaranteedLoan = "guaranteed-loan";

    /// <summary>政银保（2.0）</summary>
    public const string GovernmentBankInsurance = "government-bank-insurance";

    /// <summary>银行联合产品</summary>
    public const string JointBankProduct = "joint-bank-product";

    public static IReadOnlyList<string> All { get; } = [GuaranteedLoan, GovernmentBankInsurance, JointBankProduct];
}

/// <summary>What happens to the money of a facility.</summary>
public static class FacilityEntryKinds
{
    /// <summary>A firm draws a loan.</summary>
    public const string Drawn = "drawn";

    /// <summary>A firm pays back.</summary>
    public const string Repaid = "repaid";

    /// <summary>The guarantor pays the bank in place of a firm.</summary>
    public const string GuaranteeCalled = "guarantee-called";

    public static IReadOnlyList<string> All { get; } = [Drawn, Repaid, GuaranteeCalled];
}

/// <summary>A facility was opened: so much may be outstanding at once.</summary>
/// <param name="Product">One of <see cref="FacilityProducts"/>.</param>
/// <param name="Lender">The bank, or the banks.</param>
/// <param name="Department">The code of the department of who logged it.</param>
[EventName("facility_opened")]
public sealed record FacilityOpened(Guid FacilityId, string Name, string Product, string Lender, Money Limit, bool Illustrative, string? Department);

/// <summary>A drawing, a repayment or a called guarantee of a firm was logged. It counts once a second person has confirmed it.</summary>
/// <param name="Kind">One of <see cref="FacilityEntryKinds"/>.</param>
/// <param name="Firm">By the name on the paper.</param>
/// <param name="Evidence">The number of the paper, so that a reader finds it.</param>
[EventName("facility_entry_logged")]
public sealed record FacilityEntryLogged(Guid FacilityId, Guid EntryId, string Kind, DateOnly On, Money Amount, string Firm, string Evidence);

/// <summary>A second person confirmed it: it counts from its day on.</summary>
[EventName("facility_entry_confirmed")]
public sealed record FacilityEntryConfirmed(Guid FacilityId, Guid EntryId);

/// <summary>A second person returned it, the reason beside the event: it counts nothing, and is logged anew if it is to.</summary>
[EventName("facility_entry_returned")]
public sealed record FacilityEntryReturned(Guid FacilityId, Guid EntryId);

/// <summary>A confirmed entry was revoked, the reason beside the event: it counts nothing from now on, and history shows that it did.</summary>
[EventName("facility_entry_revoked")]
public sealed record FacilityEntryRevoked(Guid FacilityId, Guid EntryId);

/// <summary>So much may be outstanding at once from a day on; it held less or more before.</summary>
/// <param name="Evidence">The number of the paper that says so.</param>
[EventName("facility_limit_changed")]
public sealed record FacilityLimitChanged(Guid FacilityId, Money Limit, DateOnly From, string Evidence);
