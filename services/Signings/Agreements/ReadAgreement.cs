using Luodi.Contracts;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Luodi.Signings.Funding;
using Luodi.Signings.KnownProjects;
using Marten;

namespace Luodi.Signings.Agreements;

/// <summary>An agreement as the API gives it.</summary>
/// <param name="ProjectName">Null while Signings has not heard of the project.</param>
/// <param name="FulfilledOn">The day by which all of it was done; null while something is open.</param>
/// <param name="Lapsed">Of a termination, also one that waits: its term ran out.</param>
/// <param name="Attachments">How many files it has.</param>
/// <param name="OpenConditions">How many of its conditions are neither met, nor waived, nor withdrawn; none of a terminated one.</param>
/// <param name="Parties">Who signs beside the counterparty.</param>
/// <param name="FixedAssets">The part of the amount that goes into fixed assets; null where the paper does not say.</param>
/// <param name="ProposedFixedAssets">The same after an amendment that waits; null where it leaves it.</param>
/// <param name="Fund">What a fund puts in, and what it answered; null where none takes part.</param>
/// <param name="ProposedFundAmount">What it is to put in after an amendment that waits; null where that leaves it.</param>
public sealed record AgreementItem(
    Guid Id, string Number, Guid ProjectId, string? ProjectName, Guid CeremonyId, string Counterparty, string Industry, Money Amount, Money? Proposed,
    string Status, string? Waiting, DateOnly? SignedOn, bool Illustrative, long Version, string? Department, string? LoggedBy, Returned? Returned,
    string Tier, Guid? Follows, string? FollowsAs, Guid? Chain, DateOnly? FulfilledOn = null, bool Lapsed = false, int Attachments = 0, int OpenConditions = 0,
    IReadOnlyList<string>? Parties = null, Money? FixedAssets = null, Money? ProposedFixedAssets = null, FundPart? Fund = null, Money? ProposedFundAmount = null)
{
    public static AgreementItem Of(AgreementView view, string? projectName) => new(
        view.Id, view.Number, view.ProjectId, projectName, view.CeremonyId, view.Counterparty, view.Industry, view.Amount, view.Proposed,
        view.Status, view.Waiting, view.SignedOn, view.Illustrative, view.Version, view.Department, view.LoggedBy, view.Returned,
        view.Tier, view.Follows, view.FollowsAs, view.Chain, view.FulfilledOn, view.Lapsed, view.Attachments.Count(each => each.WithdrawnBecause is null),
        view.Status is "terminated" ? 0 : view.Conditions.Count(each => each.IsOpen), view.Parties, view.FixedAssets, view.ProposedFixedAssets,
        view.Fund, view.ProposedFundAmount);
}

/// <summary>Agreements as the bearer of a token sees them: those of the department, and those about its projects and about projects shared with it.</summary>
public sealed class AgreementReader(IQuerySession session, Pasts pasts, Sight sight) : ISee
{
    /// <returns>Null where there is no such agreement, or none that the reader sees.</returns>
    public async Task<AgreementItem?> Find(Guid id, CancellationToken ct) => await Look(id, ct) is var (view, project) ? AgreementItem.Of(view, project?.Name ?? view.ProjectName) : null;

    /// <summary>As it stood.</summary>
    public async Task<AgreementItem?> FindAsOf(Guid id, RecordAsOf asOf, CancellationToken ct) =>
        await Look(id, ct) is var (_, project) && await pasts.Find<AgreementView>(id, asOf, ct) is { Record: var then } ? AgreementItem.Of(then, project?.Name ?? then.ProjectName) : null;

    /// <summary>With its files and conditions, also those that were withdrawn or settled; null as with <see cref="Find"/>.</summary>
    public async Task<AgreementView?> View(Guid id, RecordAsOf asOf, CancellationToken ct) => await pasts.Of((await Look(id, ct))?.View, id, asOf, ct);

    public async Task<bool> Sees(Guid id, CancellationToken ct) => await Look(id, ct) is not null;

    private async Task<(AgreementView View, KnownProject? Project)?> Look(Guid id, CancellationToken ct)
    {
        if (await session.LoadAsync<AgreementView>(id, ct) is not { } view) return null;
        var project = await session.LoadAsync<KnownProject>(view.ProjectId, ct);
        return sight.Sees(view.Department, project?.Readers ?? []) ? (view, project) : null;
    }
}

public static class ReadAgreementFeature
{
    public static void MapReadAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapGet("{id:guid}", async (Guid id, HttpContext http, [AsParameters] RecordAsOf asOf, AgreementReader reader, CancellationToken ct) =>
            http.Answer(await (asOf.IsNow ? reader.Find(id, ct) : reader.FindAsOf(id, asOf, ct)), agreement => agreement.Version))
        .WithSummary("One agreement, as it stands or as it stood after one of its events (`version`) or at an instant (`knownAt`); its ETag is the version for If-Match")
        .Produces<AgreementItem>()
        .RequireAuthorization(Policies.Read);
}
