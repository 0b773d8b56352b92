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
        Refused<RateUnknown>(Start with { Rate = "x" }, "rate");
        Refused<QuantityUnknown>(Start with { Numerator = "x" }, "numerator");
        Refused<NothingToDivide>(Start with { Denominator = Quantities.GroundBroken }, "denominator");
        Refused<NothingToDivide>(Start with { Denominator = Quantities.Agreed }, "denominator");
    }

    [Fact]
    public void It_says_how_it_is_rounded_what_equals_score_and_which_document_says_so()
    {
        Refused<DecimalsOutOfRange>(Start with { Decimals = 5 }, "decimals");
        Refused<RoundingUnknown>(Start with { Rounding = "up" }, "rounding");
        Refused<ScoreOutOfRange>(Start with { ScoreOfEqual = 59 }, "scoreOfEqual");
        When(DefineRateFeature.Decide(BureauDefinitions.Usual, new(null, null, null, null, null, null, null, null)))
            .ThenRefused(new Missing("rate"), new Missing("numerator"), new Missing("denominator"), new Missing("source"), new Missing("effectiveFrom"));
    }

    private void Refused<T>(DefineRate command, string field) where T : Refusal => When(DefineRateFeature.Decide(BureauDefinitions.Usual, command)).ThenRefused<T>(field);
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
        Refused<YearOutOfRange>(Plan with { Year = 23 }, "year");
        Refused<NoSuchTarget>(Plan with { Measure = "x" }, "measure");
        Refused<PlanUnknown>(Plan with { Kind = "x" }, "kind");
        Refused<TargetImplausible>(Plan with { Value = 0 }, "value");
        Refused<TargetImplausible>(Plan with { Measure = TargetMeasures.Signings, Value = 1.5m }, "value");
        When(SetTargetFeature.Decide(BureauDefinitions.Usual, new(null, null, null, null, null)))
            .ThenRefused(new Missing("year"), new Missing("measure"), new Missing("kind"), new Missing("value"), new Missing("source"));
    }

    private void Refused<T>(SetTarget command, string field) where T : Refusal => When(SetTargetFeature.Decide(BureauDefinitions.Usual, command)).ThenRefused<T>(field);
}
