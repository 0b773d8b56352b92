using System.Text.Json.Serialization;

namespace Luodi.Contracts.Projects;

/// <summary>A lead was registered.</summary>
/// <param name="Industry">One of <see cref="Industries"/>.</param>
/// <param name="ExpectedInvestment">What the investor speaks of, if anything yet; no agreement.</param>
/// <param name="Illustrative">Made up to show the system; never a fact of the bureau.</param>
/// <param name="Department">The code of the department whose lead it is; left out where who logged it has none, and by events older than departments.</param>
[EventName("lead_registered")]
public sealed record LeadRegistered(
    Guid ProjectId, string Name, string Industry, string Investor, Money? ExpectedInvestment, bool Illustrative,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Department = null);

/// <summary>Negotiations with the investor began.</summary>
[EventName("negotiation_started")]
public sealed record NegotiationStarted(Guid ProjectId);

/// <summary>The project reached the stage Signed, because an agreement about it was signed.</summary>
[EventName("project_signed")]
public sealed record ProjectSigned(Guid ProjectId, Guid AgreementId, DateOnly SignedOn);

/// <summary>A manager shared the project with another department, which may now read it and its agreements.</summary>
/// <param name="Department">The code of the department that it is shared with.</param>
[EventName("project_shared")]
public sealed record ProjectShared(Guid ProjectId, string Department);

/// <summary>The project is no longer shared with the department.</summary>
/// <param name="Department">The code of the department that it was shared with.</param>
[EventName("project_unshared")]
public sealed record ProjectUnshared(Guid ProjectId, string Department);
