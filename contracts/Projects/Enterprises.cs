namespace Luodi.Contracts.Projects;

/// <summary>The part of an enterprise in an industry chain.</summary>
public static class ChainRoles
{
    /// <summary>链主</summary>
    public const string Leader = "leader";

    /// <summary>链上企业</summary>
    public const string Member = "member";

    public static IReadOnlyList<string> All { get; } = [Leader, Member];
}

/// <summary>What carries young enterprises.</summary>
public static class CarrierKinds
{
    /// <summary>众创空间</summary>
    public const string Makerspace = "makerspace";

    /// <summary>孵化器</summary>
    public const string Incubator = "incubator";

    /// <summary>加速器</summary>
    public const string Accelerator = "accelerator";

    /// <summary>科技园</summary>
    public const string SciencePark = "science-park";

    public static IReadOnlyList<string> All { get; } = [Makerspace, Incubator, Accelerator, SciencePark];
}

/// <summary>Who has recognised a carrier.</summary>
public static class CarrierLevels
{
    public const string National = "national";
    public const string Provincial = "provincial";
    public const string Municipal = "municipal";
    public const string District = "district";

    public static IReadOnlyList<string> All { get; } = [National, Provincial, Municipal, District];
}

/// <summary>What an enterprise is recognised as.</summary>
public static class DesignationKinds
{
    /// <summary>创新型中小企业</summary>
    public const string InnovativeSme = "innovative-sme";

    /// <summary>省级专精特新中小企业</summary>
    public const string Specialised = "provincial-specialised";

    /// <summary>国家级专精特新“小巨人”企业</summary>
    public const string LittleGiant = "national-little-giant";

    /// <summary>高新技术企业</summary>
    public const string HighTech = "high-tech";

    public static IReadOnlyList<string> All { get; } = [InnovativeSme, Specialised, LittleGiant, HighTech];
}

/// <summary>Where shares are traded.</summary>
public static class Boards
{
    /// <summary>In the order of every form: 上交所主板, 科创板, 深交所主板, 创业板, 北交所, 新三板, 港交所, 区域股权市场.</summary>
    public static IReadOnlyList<string> All { get; } = ["sse-main", "sse-star", "szse-main", "szse-chinext", "bse", "neeq", "hkex", "regional"];
}

/// <summary>An enterprise of the zone was entered.</summary>
/// <param name="CreditCode">Unified social credit code, GB 32100-2015.</param>
/// <param name="RegisteredOn">The day of its registration in the zone.</param>
/// <param name="RegisteredCapital">As on its licence.</param>
/// <param name="Industry">One of <see cref="Industries"/>.</param>
[EventName("enterprise_registered")]
public sealed record EnterpriseRegistered(
    Guid EnterpriseId, string Name, string CreditCode, DateOnly RegisteredOn, Money? RegisteredCapital, string Industry, bool Illustrative, string? Department);

/// <summary>The enterprise has another name; the old one stays to be found by.</summary>
[EventName("enterprise_renamed")]
public sealed record EnterpriseRenamed(Guid EnterpriseId, string Name);

/// <summary>The enterprise's part in an industry chain; both null for none.</summary>
/// <param name="Chain">The chain's name.</param>
/// <param name="Role">One of <see cref="ChainRoles"/>.</param>
[EventName("chain_role_set")]
public sealed record ChainRoleSet(Guid EnterpriseId, string? Chain, string? Role);

/// <summary>The enterprise carries out a project.</summary>
[EventName("project_linked")]
public sealed record ProjectLinked(Guid EnterpriseId, Guid ProjectId);

/// <summary>It does not, the reason beside the event.</summary>
[EventName("project_unlinked")]
public sealed record ProjectUnlinked(Guid EnterpriseId, Guid ProjectId);

/// <summary>A carrier took the enterprise in.</summary>
/// <param name="Carrier">Its name.</param>
/// <param name="Kind">One of <see cref="CarrierKinds"/>.</param>
/// <param name="Level">One of <see cref="CarrierLevels"/>.</param>
[EventName("enterprise_admitted")]
public sealed record EnterpriseAdmitted(Guid EnterpriseId, string Carrier, string Kind, string Level, DateOnly On);

/// <summary>The enterprise graduated from its carrier.</summary>
[EventName("enterprise_graduated")]
public sealed record EnterpriseGraduated(Guid EnterpriseId, DateOnly On);

/// <summary>An authority recognised the enterprise.</summary>
/// <param name="Kind">One of <see cref="DesignationKinds"/>.</param>
/// <param name="Number">Of the certificate or the notice.</param>
/// <param name="ExpiresOn">The last day on which it holds.</param>
[EventName("designation_granted")]
public sealed record DesignationGranted(Guid EnterpriseId, Guid DesignationId, string Kind, string Authority, string Number, DateOnly GrantedOn, DateOnly ExpiresOn);

/// <summary>The recognition was withdrawn, or entered in error; the reason stands beside the event.</summary>
[EventName("designation_withdrawn")]
public sealed record DesignationWithdrawn(Guid EnterpriseId, Guid DesignationId);

/// <summary>The enterprise's shares are traded.</summary>
/// <param name="Board">One of <see cref="Boards"/>.</param>
/// <param name="Code">Of the share.</param>
[EventName("enterprise_listed")]
public sealed record EnterpriseListed(Guid EnterpriseId, string Board, string Code, DateOnly On);

/// <summary>They are traded no more, the reason beside the event.</summary>
[EventName("listing_ended")]
public sealed record ListingEnded(Guid EnterpriseId, DateOnly On);

/// <summary>The enterprise left the zone or was struck off, the reason beside the event.</summary>
[EventName("enterprise_left")]
public sealed record EnterpriseLeft(Guid EnterpriseId, DateOnly On);
