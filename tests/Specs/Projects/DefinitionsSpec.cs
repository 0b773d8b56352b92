using Luodi.Contracts.Projects;
using Luodi.Projects.Definitions;
using Luodi.ServiceDefaults.Decisions;
using Xunit;
using static Luodi.Projects.Definitions.DefineRateFeature;
using static Luodi.Projects.Definitions.SetTargetFeature;

namespace Luodi.Specs.Projects;

public abstract class DefinitionsSpec : Story<BureauDefinitions>
{
    protected static readonly DateOnly Day = new(2024, 1, 1);

    protected override BureauDefinitions? Evolve(BureauDefinitions? state, object fact) => DefinitionsHistory.Evolve(state, fact);
}

public sealed class DefineRateSpec : DefinitionsSpec
{
    private static readonly DefineRate Start = new(Rates.Start, Quantities.GroundBroken, Quantities.Registered, 2, Roundings.Truncate, 80, "某市招商引资考核办法", Day);
    private static readonly RateDefined Defined = new(BureauDefinitions.Only, Rates.Start, 2, Quantities.GroundBroken, Quantities.Registered, 2, Roundings.Truncate, 80, "某市招商引资考核办法", Day);

    [Fact]
    public void A_rate_is_defined_anew_from_a_day_on() => When(DefineRateFeature.Decide(BureauDefinitions.Usual, Start)).Then(Defined).Effective(Day);

    [Fact]
    public void Every_definition_is_a_version_of_its_own() =>
        Given(Defined).When(state => DefineRateFeature.Decide(state, Start with { Decimals = null, Rounding = null, ScoreOfEqual = null }))
            .Then(Defined with { Version = 3, Rounding = Roundings.HalfUp, ScoreOfEqual = 100 });

    [Fact]
    public void It_divides_projects_by_projects_or_money_by_money()
    {
        Refuse(Start with { Rate = "x" }).ThenRefused<RateUnknown>("rate");
        Refuse(Start with { Numerator = "x" }).ThenRefused<QuantityUnknown>("numerator");
        Refuse(Start with { Denominator = Quantities.GroundBroken }).ThenRefused<NothingToDivide>("denominator");
        Refuse(Start with { Denominator = Quantities.Agreed }).ThenRefused<NothingToDivide>("denominator");
    }

    [Fact]
    public void It_says_how_it_is_rounded_what_equals_score_and_which_document_says_so()
    {
        Refuse(Start with { Decimals = 5 }).ThenRefused<DecimalsOutOfRange>("decimals");
        Refuse(Start with { Rounding = "up" }).ThenRefused<RoundingUnknown>("rounding");
        Refuse(Start with { ScoreOfEqual = 59 }).ThenRefused<ScoreOutOfRange>("scoreOfEqual");
        When(DefineRateFeature.Decide(BureauDefinitions.Usual, new(null, null, null, null, null, null, null, null)))
            .ThenRefused(new Missing("rate"), new Missing("numerator"), new Missing("denominator"), new Missing("source"), new Missing("effectiveFrom"));
    }

    private static Outcome Refuse(DefineRate command) => When(DefineRateFeature.Decide(BureauDefinitions.Usual, command));
}

public sealed class SetTargetSpec : DefinitionsSpec
{
    private static readonly SetTarget Plan = new(2023, TargetMeasures.CapitalInPlace, TargetKinds.CityPlan, 1_000_000_000m, "市政府文件");
    private static readonly TargetSet Set = new(BureauDefinitions.Only, 2023, TargetMeasures.CapitalInPlace, TargetKinds.CityPlan, 1_000_000_000m, "市政府文件", Illustrative: false);

    [Fact]
    public void A_target_is_set_for_a_year_by_whose_plan_and_document() => When(SetTargetFeature.Decide(BureauDefinitions.Usual, Plan)).Then(Set).Effective(new DateOnly(2023, 1, 1));

    [Fact]
    public void The_same_target_again_changes_nothing_and_another_value_sets_it_anew()
    {
        Given(Set).When(state => SetTargetFeature.Decide(state, Plan)).ThenNothing();
        Given(Set).When(state => SetTargetFeature.Decide(state, Plan with { Value = 1_200_000_000m })).Then(Set with { Value = 1_200_000_000m });
    }

    [Fact]
    public void A_target_is_plausible()
    {
        Refuse(Plan with { Year = 23 }).ThenRefused<YearOutOfRange>("year");
        Refuse(Plan with { Measure = "x" }).ThenRefused<NoSuchTarget>("measure");
        Refuse(Plan with { Kind = "x" }).ThenRefused<PlanUnknown>("kind");
        Refuse(Plan with { Value = 0 }).ThenRefused<TargetImplausible>("value");
        Refuse(Plan with { Measure = TargetMeasures.Signings, Value = 1.5m }).ThenRefused<TargetImplausible>("value");
        When(SetTargetFeature.Decide(BureauDefinitions.Usual, new(null, null, null, null, null)))
            .ThenRefused(new Missing("year"), new Missing("measure"), new Missing("kind"), new Missing("value"), new Missing("source"));
    }

    private static Outcome Refuse(SetTarget command) => When(SetTargetFeature.Decide(BureauDefinitions.Usual, command));
}
