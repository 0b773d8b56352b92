namespace Luodi.Contracts.Signings;

/// <summary>What an agreement obliges its investor to.</summary>
public static class ObligationKinds
{
    /// <summary>注册: register the company in the zone.</summary>
    public const string Register = "register";

    /// <summary>到位资金: bring in an amount.</summary>
    public const string Invest = "invest";

    /// <summary>开工</summary>
    public const string BreakGround = "break-ground";

    /// <summary>竣工</summary>
    public const string Complete = "complete";

    /// <summary>投产</summary>
    public const string Produce = "produce";

    /// <summary>亩均税收: tax per mu a year, yuan.</summary>
    public const string TaxPerMu = "tax-per-mu";

    /// <summary>其他: in words.</summary>
    public const string Other = "other";

    /// <summary>In the order of every form.</summary>
    public static IReadOnlyList<string> All { get; } = [Register, Invest, BreakGround, Complete, Produce, TaxPerMu, Other];
}

/// <summary>By what an obligation was fulfilled.</summary>
public static class Fulfilments
{
    /// <summary>The project reached the stage.</summary>
    public const string Milestone = "milestone";

    /// <summary>Confirmed capital in place reached the amount.</summary>
    public const string Capital = "capital";

    /// <summary>Somebody logged it, with evidence.</summary>
    public const string Evidence = "evidence";
}

/// <summary>An agreement obliges its investor to something by a day.</summary>
/// <param name="Kind">One of <see cref="ObligationKinds"/>.</param>
/// <param name="Amount">Of money to bring in, and of tax per mu.</param>
/// <param name="Text">The clause in words; asked for of <see cref="ObligationKinds.Other"/>.</param>
[EventName("obligation_agreed")]
public sealed record ObligationAgreed(Guid ObligationId, Guid AgreementId, Guid ProjectId, string Kind, DateOnly DueOn, Money? Amount, string? Text, bool Illustrative, string? Department);

/// <summary>The bureau granted more time, the reason beside the event.</summary>
[EventName("obligation_extended")]
public sealed record ObligationExtended(Guid ObligationId, DateOnly From, DateOnly To);

/// <summary>The obligation was fulfilled on <paramref name="On"/>.</summary>
/// <param name="By">One of <see cref="Fulfilments"/>.</param>
/// <param name="Evidence">The paper that shows it, where it was logged by hand.</param>
[EventName("obligation_fulfilled")]
public sealed record ObligationFulfilled(Guid ObligationId, DateOnly On, string By, string? Evidence);

/// <summary>What had fulfilled it no longer holds: a stage was withdrawn, a recognition revoked, or it was logged in error; the reason stands beside the event.</summary>
[EventName("obligation_reopened")]
public sealed record ObligationReopened(Guid ObligationId);

/// <summary>Its day passed and it was not fulfilled.</summary>
/// <param name="DueOn">The day that passed.</param>
[EventName("obligation_overdue")]
public sealed record ObligationOverdue(Guid ObligationId, DateOnly DueOn);
