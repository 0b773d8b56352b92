using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Deals;

public sealed record RecordCommitment(Guid? ProjectId, Money? Amount);

/// <summary>For a fund that keeps no partners; of one that does, capital is committed by a deal.</summary>
public static class RecordCommitmentFeature
{
    public sealed record BeyondTargetSize(decimal Left) : Refusal("The fund has {Left} of its target size left to commit.", "amount")
    {
        public override int Status => 409;
    }

    public sealed record HasPartners() : Refusal("The fund keeps its partners: log the deal, which a second person confirms.");

    public static void MapRecordCommitment(this IEndpointRouteBuilder funds) => funds
        .MapPost("{id:guid}/commitments", (Guid id, RecordCommitment command, Deciding<Fund> fund, CancellationToken ct) =>
            fund.Decide(id, state => Decide(state, Guid.CreateVersion7(), command), ct, StatusCodes.Status201Created))
        .WithSummary("Records capital that a fund without partners commits to a project, out of its target size")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Fund fund, Guid commitmentId, RecordCommitment command)
    {
        var wrong = Check.All(Fields.Present(command.ProjectId, "projectId"), Amounts.Wrong(command.Amount, "amount", fund));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (fund.Partners.Count > 0) return new HasPartners();
        var left = fund.TargetSize - fund.Committed;
        if (command.Amount!.Value > left.Value) return new BeyondTargetSize(left.Value);
        return Decision.Accept(new CommitmentRecorded(commitmentId, fund.Id, command.ProjectId!.Value, command.Amount)).Answering(new { id = commitmentId });
    }
}
