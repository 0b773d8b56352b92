namespace Luodi.Contracts.Projects;

/// <summary>What a rate divides. Projects are those of its cohort (the ones that signed at a ceremony, in a year, of an industry); only confirmed facts count.</summary>
public static class Quantities
{
    /// <summary>Projects that signed an agreement: the cohort itself.</summary>
    public const string Signed = "signed";

    /// <summary>All projects that were ever registered, from the lead on. Of an industry or a block, not of a ceremony or a year: leads have no signing to be dated by.</summary>
    public const string Leads = "lead";

    /// <summary>Projects of which it was logged that negotiations began, dated as leads are.</summary>
    public const string Negotiated = "negotiated";

    public const string Registered = "registered";
    public const string LandSecured = "land-secured";
    public const string GroundBroken = "ground-broken";
    public const string Completed = "completed";
    public const string InProduction = "in-production";
    public const string FullCapacity = "full-capacity";

    /// <summary>Investment agreed in agreements 协议, yuan.</summary>
    public const string Agreed = "agreed";

    /// <summary>Investment agreed in contracts 合同, yuan.</summary>
    public const string Contracted = "contracted";

    /// <summary>Capital in place, domestic and foreign, foreign money in yuan at the rate of its day.</summary>
    public const string Capital = "capital";

    /// <summary>Capital in place of those projects of the cohort that signed a contract there: what is held against <see cref="Contracted"/>.</summary>
    public const string ContractCapital = "contract-capital";

    public const string DomesticCapital = "domestic-capital";
    public const string ForeignCapital = "foreign-capital";

    /// <summary>Numbers of projects.</summary>
    public static IReadOnlyList<string> OfProjects { get; } = [Signed, Leads, Negotiated, Registered, LandSecured, GroundBroken, Completed, InProduction, FullCapacity];

    /// <summary>Sums of money.</summary>
    public static IReadOnlyList<string> OfMoney { get; } = [Agreed, Contracted, Capital, ContractCapital, DomesticCapital, ForeignCapital];
}

/// <summary>The rates that are told, each by a definition that a bureau can change.</summary>
public static class Rates
{
    /// <summary>签约率</summary>
    public const string Signing = "signing";

    /// <summary>履约率</summary>
    public const string Performance = "performance";

    /// <summary>开工率</summary>
    public const string Start = "start";

    /// <summary>竣工率</summary>
    public const string Completion = "completion";

    /// <summary>投产率</summary>
    public const string Production = "production";

    /// <summary>资金到位率, of what was agreed.</summary>
    public const string CapitalInPlace = "capital-in-place";

    /// <summary>合同资金到位率, of what was contracted.</summary>
    public const string ContractedCapital = "contracted-capital";

    /// <summary>In the order of every report.</summary>
    public static IReadOnlyList<string> All { get; } = [Signing, Performance, Start, Completion, Production, CapitalInPlace, ContractedCapital];
}

/// <summary>How the last decimal comes about.</summary>
public static class Roundings
{
    /// <summary>四舍五入: 61/63 is 96.83 %.</summary>
    public const string HalfUp = "half-up";

    /// <summary>截断: 61/63 is 96.82 %.</summary>
    public const string Truncate = "truncate";

    public static IReadOnlyList<string> All { get; } = [HalfUp, Truncate];
}

/// <summary>Whose plan a target is of.</summary>
public static class TargetKinds
{
    /// <summary>市计划</summary>
    public const string CityPlan = "city-plan";

    /// <summary>市力争</summary>
    public const string CityStretch = "city-stretch";

    /// <summary>省下达</summary>
    public const string Province = "province";

    public static IReadOnlyList<string> All { get; } = [CityPlan, CityStretch, Province];
}

/// <summary>What a target is set for.</summary>
public static class TargetMeasures
{
    /// <summary>Agreements signed, their number.</summary>
    public const string Signings = "signings";

    /// <summary>Investment agreed, yuan.</summary>
    public const string AgreedInvestment = "agreed-investment";

    /// <summary>Capital in place, yuan.</summary>
    public const string CapitalInPlace = "capital-in-place";

    /// <summary>实际到位外资: capital in place that arrived in a foreign currency, in yuan at the rate of its day.</summary>
    public const string ForeignCapital = "foreign-capital";

    public static IReadOnlyList<string> All { get; } = [Signings, AgreedInvestment, CapitalInPlace, ForeignCapital];
}

/// <summary>A rate was defined anew. Figures as of an earlier day or position keep the version that held then.</summary>
/// <param name="Rate">One of <see cref="Rates"/>.</param>
/// <param name="Version">Counted up from the usual one, which is 1.</param>
/// <param name="Numerator">One of <see cref="Quantities"/>.</param>
/// <param name="Denominator">Another one.</param>
/// <param name="Decimals">Of the percentage.</param>
/// <param name="Rounding">One of <see cref="Roundings"/>.</param>
/// <param name="ScoreOfEqual">The score 功效系数 (60 to 100) where all compared have the same value, so that the formula has no answer.</param>
/// <param name="Source">The document that says so.</param>
/// <param name="EffectiveFrom">The day from which it is used.</param>
[EventName("rate_defined")]
public sealed record RateDefined(
    Guid DefinitionsId, string Rate, int Version, string Numerator, string Denominator, int Decimals, string Rounding, decimal ScoreOfEqual, string Source, DateOnly EffectiveFrom);

/// <summary>A target was set for a year, or set anew.</summary>
/// <param name="Measure">One of <see cref="TargetMeasures"/>.</param>
/// <param name="Kind">One of <see cref="TargetKinds"/>.</param>
/// <param name="Value">Agreements, or yuan.</param>
/// <param name="Source">The document that says so.</param>
[EventName("target_set")]
public sealed record TargetSet(Guid DefinitionsId, int Year, string Measure, string Kind, decimal Value, string Source, bool Illustrative);
