using Luodi.Contracts;
using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.Signings.Ceremonies;
using Luodi.Signings.Funding;
using Luodi.Signings.KnownProjects;

namespace Luodi.Signings.Agreements;

/// <param name="Number">The bureau's number of the paper, unique.</param>
/// <param name="Amount">The whole agreed investment, as on the paper; of a top-up the further investment alone.</param>
/// <param name="Illustrative">Made up to show the system.</param>
/// <param name="Tier">intent, framework, agreement (also where it is left out) or contract.</param>
/// <param name="Follows">The earlier agreement about the same project that it follows.</param>
/// <param name="FollowsAs">How: upgrade, top-up or replacement.</param>
/// <param name="Parties">Who signs beside the counterparty, at most 20 names.</param>
/// <param name="FixedAssets">The part of the amount that goes into fixed assets; left out where the paper does not say.</param>
/// <param name="Fund">The fund of the family that takes part, if one does, and what it is to put in.</param>
public sealed record DraftAgreement(
    string? Number, Guid? ProjectId, Guid? CeremonyId, string? Counterparty, Money? Amount, bool Illustrative = false, string? Tier = null, Guid? Follows = null, string? FollowsAs = null,
    IReadOnlyList<string>? Parties = null, Money? FixedAssets = null, AskFund? Fund = null);

public static class DraftAgreementFeature
{
    public sealed record NumberTaken(string Number) : Refusal("There is an agreement {Number} already.", "number")
    {
        public override int Status => 409;
    }

    public sealed record ProjectUnknown() : Refusal("There is no such project. Register it first.", "projectId");

    public sealed record ProjectMergedAway() : Refusal("This record was merged into another one: draft the agreement about that one.", "projectId");

    public sealed record CeremonyUnknown() : Refusal("There is no such ceremony. Schedule it first.", "ceremonyId");

    public static void MapDraftAgreement(this IEndpointRouteBuilder agreements) => agreements
        .MapPost("", (DraftAgreement command, Deciding<Agreement> agreement, ProjectDirectory projects, FundDirectory funds, AgreementReader reader, CancellationToken ct) =>
            agreement.Start(async (id, facts) => Decide(
                id, command,
                command.ProjectId is { } project ? await projects.Find(project, ct) : null,
                command.CeremonyId is { } ceremony ? await facts.Load<Ceremony>(ceremony) : null,
                agreement.Acting.Department,
                command.Follows is { } follows && await reader.Find(follows, ct) is { } earlier ? await facts.ChainOf(earlier.Chain ?? earlier.Id) : null,
                command.Fund?.FundId is { } fund ? await funds.Find(fund, facts.Documents, ct) : null), ct))
        .WithSummary("Drafts an agreement for a ceremony")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, DraftAgreement command, KnownProject? project, Ceremony? ceremony, string? department, Chain? chain = null, KnownFund? fund = null)
    {
        var tier = command.Tier ?? Tiers.Agreement;
        var wrong = Check.All(
        [
            Fields.Text(command.Number, "number"),
            Fields.Present(command.ProjectId, "projectId") ?? (project is null ? new ProjectUnknown() : project.MergedInto is not null ? new ProjectMergedAway() : null),
            Fields.Present(command.CeremonyId, "ceremonyId") ?? (ceremony is null ? new CeremonyUnknown() : null),
            Fields.Text(command.Counterparty, "counterparty"),
            Fields.Amount(command.Amount, "amount"),
            Fields.Tier(tier),
            Terms.Parties(command.Parties, command.Counterparty),
            Terms.FixedAssets(command.FixedAssets) ?? Terms.Fits(command.FixedAssets, command.Amount),
            .. command.Fund is { } asks ? AskFundFeature.Wrong(asks.FundId, asks.Amount, fund, command.Amount, "fundAmount") : [],
        ]);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (FollowAgreementFeature.Unfit(project!.Id, tier, command.Follows, command.FollowsAs, chain) is { } unfit) return unfit;
        var number = command.Number!.Trim();
        var drafted = new AgreementDrafted(
            id, number, project.Id, ceremony!.Id, command.Counterparty!.Trim(), project.Industry, command.Amount!, command.Illustrative, department,
            tier, command.Follows, command.FollowsAs, chain?.Papers[0].Chain, project.Name, command.Parties is { Count: > 0 } parties ? Terms.Tidy(parties) : null, command.FixedAssets);
        return Decision
            .Accept(command.Fund is { } part ? [drafted, new FundParticipationRequested(id, fund!.Id, project.Id, part.Amount!)] : [drafted])
            .Reserving($"agreement-number {number}", new NumberTaken(number));
    }
}
