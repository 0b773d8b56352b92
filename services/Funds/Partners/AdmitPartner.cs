using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Partners;

/// <param name="Kind">mother-fund, government, state-owned, enterprise, institution, individual or general-partner.</param>
/// <param name="MotherFundId">Of a mother fund that is kept here too: which.</param>
public sealed record AdmitPartner(string? Name, string? Kind, Guid? MotherFundId = null);

public static class AdmitPartnerFeature
{
    /// <summary>A fund of a mother fund of a mother fund: deeper structures are not met, and what calls would pass through them could not be overseen.</summary>
    public const int MostStoreys = 3;

    public sealed record PartnerKindUnknown() : Refusal("The kind is one of mother-fund, government, state-owned, enterprise, institution, individual, general-partner.", "kind");

    public sealed record PartnerAdmittedAlready() : Refusal("The fund has this partner already.", "name")
    {
        public override int Status => 409;
    }

    public sealed record OnlyAMotherIsAFund() : Refusal("Only a partner of the kind mother-fund is a fund.", "motherFundId");

    public sealed record MotherUnknown() : Refusal("There is no such fund.", "motherFundId");

    public sealed record MotherOfItself() : Refusal("That fund has its own capital from this one: they would own each other.", "motherFundId");

    public sealed record TooManyStoreys() : Refusal("Funds stand at most three above one another.", "motherFundId");

    public static void MapAdmitPartner(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/partners", (Guid id, AdmitPartner command, Deciding<Fund> fund, Sight sight, CancellationToken ct) =>
            fund.Decide(id, async (state, facts) => Decide(state, Guid.CreateVersion7(), command, await Above(command.MotherFundId, sight, facts)), ct, StatusCodes.Status201Created))
        .WithSummary("Admits a partner; what they subscribe is logged apart")
        .RequireAuthorization(Policies.LogDeals);

    /// <param name="above">The mother, its mothers, and so on, each with how many storeys it stands above this fund; none where there is no such fund.</param>
    public static Decision Decide(Fund fund, Guid partnerId, AdmitPartner command, IReadOnlyList<Ancestor> above)
    {
        var wrong = Check.All(
            Fields.Text(command.Name, "name") ?? (fund.Partners.Any(each => each.Name == command.Name!.Trim()) ? new PartnerAdmittedAlready() : null),
            command.Kind is null ? new Missing("kind") : PartnerKinds.All.Contains(command.Kind) ? null : new PartnerKindUnknown(),
            command.MotherFundId is null ? null
                : command.Kind is not PartnerKinds.MotherFund ? new OnlyAMotherIsAFund()
                : command.MotherFundId == fund.Id || above.Any(each => each.FundId == fund.Id) ? new MotherOfItself()
                : above.Count == 0 ? new MotherUnknown()
                : above.Any(each => each.Storeys >= MostStoreys) ? new TooManyStoreys()
                : null);
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new PartnerAdmitted(partnerId, fund.Id, command.Name!.Trim(), command.Kind!, command.MotherFundId)).Answering(new { id = partnerId });
    }

    // Each is locked against change until this is committed: two funds that admit each other at once cannot both succeed.
    private static async ValueTask<IReadOnlyList<Ancestor>> Above(Guid? mother, Sight sight, Facts facts)
    {
        var above = new List<Ancestor>();
        var storey = mother is { } first ? new HashSet<Guid> { first } : [];
        for (var height = 1; storey.Count > 0 && height <= MostStoreys; height++)
        {
            var next = new HashSet<Guid>();
            foreach (var id in storey)
            {
                if (await facts.Shared<Fund>(id) is not { } fund || (height == 1 && !sight.Sees(fund.Department))) continue;
                above.Add(new(id, height));
                next.UnionWith(fund.Partners.Select(partner => partner.MotherFundId).OfType<Guid>());
            }
            storey = next;
        }
        return above;
    }
}

/// <summary>A fund whose money is in another one.</summary>
public sealed record Ancestor(Guid FundId, int Storeys);
