namespace Luodi.Contracts.Projects;

/// <summary>A lead was registered.</summary>
/// <param name="Industry">One of <see cref="Industries"/>.</param>
/// <param name="ExpectedInvestment">What the investor speaks of, if anything yet; no agreement.</param>
/// <param name="Illustrative">Made up to show the system; never a fact of the bureau.</param>
[EventName("lead_registered")]
public sealed record LeadRegistered(
    Guid ProjectId, string Name, string Industry, string Investor, Money? ExpectedInvestment, bool Illustrative);

/// <summary>Negotiations with the investor began.</summary>
[EventName("negotiation_started")]
public sealed record NegotiationStarted(Guid ProjectId);

/// <summary>The project reached the stage Signed, because an agreement about it was signed.</summary>
[EventName("project_signed")]
public sealed record ProjectSigned(Guid ProjectId, Guid AgreementId, DateOnly SignedOn);
