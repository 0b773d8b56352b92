using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Marten;

namespace Luodi.Projects.Definitions;

/// <param name="Value">Agreements, or yuan.</param>
public sealed record SetTarget(int? Year, string? Measure, string? Kind, decimal? Value, string? Source, bool Illustrative = false);

public static class SetTargetFeature
{
    private const int FirstYear = 1990;
    private const int LastYear = 2100;

    public sealed record YearOutOfRange(int First, int Last) : Refusal("A year is {First} to {Last}.", "year");

    public sealed record NoSuchTarget() : Refusal("A target is for signings, agreed-investment, capital-in-place or foreign-capital.", "measure");

    public sealed record PlanUnknown() : Refusal("A target is of the city-plan, the city-stretch or the province.", "kind");

    public sealed record TargetImplausible() : Refusal("A target is above 0 and in whole fen; of signings a whole number.", "value");

    public static void MapTargets(this IEndpointRouteBuilder definitions)
    {
        definitions.MapGet("targets", async ([AsParameters] AsOf asOf, IQuerySession session, Pasts pasts, CancellationToken ct) =>
            new { items = ((asOf.IsNow ? await session.LoadAsync<BureauDefinitions>(BureauDefinitions.Only, ct) : (await pasts.Find<BureauDefinitions>(BureauDefinitions.Only, asOf.OfRecord, ct))?.Record) ?? BureauDefinitions.Usual).Targets.OrderBy(target => (-target.Year, target.Measure, target.Kind)) })
            .WithSummary("The targets that hold, the latest year first")
            .RequireAuthorization(Policies.Read);

        definitions.MapPost("targets", (SetTarget command, Deciding<BureauDefinitions> deciding, CancellationToken ct) =>
            deciding.Settle(BureauDefinitions.Only, BureauDefinitions.Usual, state => Decide(state, command), ct))
            .WithSummary("Sets a target for a year, or sets it anew")
            .RequireAuthorization(Policies.Manage);
    }

    public static Decision Decide(BureauDefinitions definitions, SetTarget command)
    {
        var wrong = Check.All(
            command.Year is null ? new Missing("year") : command.Year is < FirstYear or > LastYear ? new YearOutOfRange(FirstYear, LastYear) : null,
            command.Measure is null ? new Missing("measure") : TargetMeasures.All.Contains(command.Measure) ? null : new NoSuchTarget(),
            command.Kind is null ? new Missing("kind") : TargetKinds.All.Contains(command.Kind) ? null : new PlanUnknown(),
            command.Value is not { } value ? new Missing("value") : value <= 0 || !(command.Measure is TargetMeasures.Signings ? value == decimal.Truncate(value) && value <= int.MaxValue : Fields.Amount(Money.Yuan(value), "value") is null) ? new TargetImplausible() : null,
            Fields.Text(command.Source, "source"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var target = new TargetSet(definitions.Id, command.Year!.Value, command.Measure!, command.Kind!, command.Value!.Value, command.Source!.Trim(), command.Illustrative);
        return definitions.Targets.Contains(target) ? Decision.Accept() : Decision.Accept(target).Effective(new DateOnly(target.Year, 1, 1));
    }
}
