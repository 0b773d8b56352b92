using Luodi.Contracts.Audit;
using Luodi.Contracts.Funds;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Identity;
using Marten;

namespace Luodi.Reporting.Records;

/// <summary>Whose a record of another service is. One that is not known here (a ceremony) is everybody's who may read deals.</summary>
/// <param name="ProjectId">The project that it is, or is about.</param>
/// <param name="SharedWith">Of a project: the other departments that may read it and its agreements.</param>
public sealed record KnownRecord(Guid Id, string? Department, Guid? ProjectId, IReadOnlyList<string> SharedWith)
{
    /// <summary>A posting of the agreement in SQL: its own department is a column of the ledger. A fund's is read by its own department alone, whatever project the money went to.</summary>
    internal const string SharesPosting =
        "posting.fund = '00000000-0000-0000-0000-000000000000' and exists (select 1 from reporting.mt_doc_knownrecord r where r.id = posting.project and (r.data->>'department' = {0} or r.data->'sharedWith' @> to_jsonb({0}::text)))";

    /// <summary>The departments that may read the agreements of this project.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<string?> Readers => SharedWith.Append(Department);
}

public static class KnownRecords
{
    // Seen by those alone who see the whole bureau.
    private const string NoDepartment = "";

    public static KnownRecord? Evolve(KnownRecord? record, CloudEvent heard) => (record, heard.Type) switch
    {
        (null, "lead_registered") when heard.Read<LeadRegistered>() is var e => new(e.ProjectId, e.Department, e.ProjectId, []),
        (null, "agreement_drafted") when heard.Read<AgreementDrafted>() is var e => new(e.AgreementId, e.Department, e.ProjectId, []),
        (null, "obligation_agreed") when heard.Read<ObligationAgreed>() is var e => new(e.ObligationId, e.Department, e.ProjectId, []),
        (null, "enterprise_registered") when heard.Read<EnterpriseRegistered>() is var e => new(e.EnterpriseId, e.Department, null, []),
        // Who may read a project may read of the enterprise that carries it out.
        ({ } enterprise, "project_linked") when heard.Read<ProjectLinked>() is var e => enterprise with { ProjectId = e.ProjectId },
        ({ } enterprise, "project_unlinked") when heard.Read<ProjectUnlinked>() is var e => enterprise.ProjectId == e.ProjectId ? enterprise with { ProjectId = null } : enterprise,
        (null, "capital_logged") when heard.Read<CapitalLogged>() is var e => new(e.CapitalId, e.Department, e.ProjectId, []),
        (null, "fund_established") when heard.Read<FundEstablished>() is var e => new(e.FundId, e.Department, null, []),
        (null, "facility_opened") when heard.Read<FacilityOpened>() is var e => new(e.FacilityId, e.Department, null, []),
        (null, "reinvestment_opened") when heard.Read<ReinvestmentOpened>() is var e => new(e.ReinvestmentId, e.Department, null, []),
        // On what basis somebody's name is to go is not for every reader.
        (null, "erasure_requested") when heard.Read<ErasureRequested>() is var e => new(e.ErasureId, NoDepartment, null, []),
        // A project that was registered before Reporting kept whose it is belongs to no department; it can be shared all the same.
        (_, "project_shared") when heard.Read<ProjectShared>() is var e && (record ?? new(e.ProjectId, null, e.ProjectId, [])) is var project =>
            project with { SharedWith = [.. project.SharedWith.Append(e.Department).Distinct()] },
        ({ } project, "project_unshared") when heard.Read<ProjectUnshared>() is var e =>
            project with { SharedWith = [.. project.SharedWith.Where(department => department != e.Department)] },
        _ => record,
    };
}

/// <summary>Records as the bearer of a token sees them.</summary>
public sealed class RecordReader(IQuerySession session, Sight sight) : ISee
{
    public async Task<bool> Sees(Guid id, CancellationToken ct)
    {
        if (sight.Whole || await session.LoadAsync<KnownRecord>(id, ct) is not { } record) return true;
        return sight.Sees(record.Department, record.ProjectId is { } project ? (await session.LoadAsync<KnownRecord>(project, ct))?.Readers ?? [] : []);
    }
}
