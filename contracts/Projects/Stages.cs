namespace Luodi.Contracts.Projects;

/// <summary>
/// How far a project can have come. Each is a fact with a date of its own: one may come before the one that usually precedes it,
/// and nothing is inferred from a later one.
/// </summary>
public static class Stages
{
    /// <summary>线索: somebody told of it.</summary>
    public const string Lead = "lead";

    /// <summary>在谈</summary>
    public const string Negotiating = "negotiating";

    /// <summary>评审: the zone's review has passed it.</summary>
    public const string Reviewed = "reviewed";

    /// <summary>签约: a paper about it was signed.</summary>
    public const string Signed = "signed";

    /// <summary>注册: its company was registered in the zone.</summary>
    public const string Registered = "registered";

    /// <summary>拿地: the right to the land was obtained.</summary>
    public const string LandSecured = "land-secured";

    /// <summary>租赁厂房: premises were leased instead of land.</summary>
    public const string PremisesLeased = "premises-leased";

    /// <summary>开工</summary>
    public const string GroundBroken = "ground-broken";

    /// <summary>竣工</summary>
    public const string Completed = "completed";

    /// <summary>投产</summary>
    public const string InProduction = "in-production";

    /// <summary>达产: at full capacity.</summary>
    public const string FullCapacity = "full-capacity";

    /// <summary>In the order in which they usually come.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Lead, Negotiating, Reviewed, Signed, Registered, LandSecured, PremisesLeased, GroundBroken, Completed, InProduction, FullCapacity];
}

/// <summary>From where the investor comes.</summary>
public static class Origins
{
    /// <summary>省内: inside the province.</summary>
    public const string Province = "province";

    /// <summary>省外: China, outside the province.</summary>
    public const string OutsideProvince = "outside-province";

    /// <summary>外资: foreign, with its country.</summary>
    public const string Foreign = "foreign";

    /// <summary>In the order of every report.</summary>
    public static IReadOnlyList<string> All { get; } = [Province, OutsideProvince, Foreign];
}
