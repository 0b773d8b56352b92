using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;

namespace Luodi.Ledger;

/// <summary>A recognition as the ledger counts it.</summary>
/// <param name="Until">The first day on which it holds no more.</param>
public sealed record DesignationHeld(Guid Id, string Kind, DateOnly From, DateOnly Until);

/// <summary>What the ledger remembers of an enterprise of the zone.</summary>
/// <param name="Chain">The industry chain that it belongs to; null for none.</param>
/// <param name="LeftOn">Null while it is in the zone; from that day on it counts nothing, whatever it is recognised as.</param>
/// <param name="ListedOn">Null where its shares are not traded.</param>
/// <param name="ListingEndedOn">The first day on which they are traded no more.</param>
public sealed record EnterpriseAccount(
    Guid Id, string Industry, string? Department, bool Illustrative, DateOnly RegisteredOn, IReadOnlyList<DesignationHeld> Designations, DateOnly? ListedOn = null, DateOnly? ListingEndedOn = null, DateOnly? LeftOn = null,
    string? Chain = null)
{
    /// <summary>Those that it carries out.</summary>
    public IReadOnlyList<Guid> Projects { get; init; } = [];
}

/// <summary>As what an enterprise counts; it may be several at once, so that they have no sum.</summary>
public static class EnterpriseKinds
{
    /// <summary>It is registered in the zone.</summary>
    public const string Registered = "registered";

    /// <summary>Its shares are traded.</summary>
    public const string Listed = "listed";

    /// <summary>In the order of every report.</summary>
    public static IReadOnlyList<string> All { get; } = [Registered, .. DesignationKinds.All, Listed];
}

/// <summary>
/// The posting rule of enterprises: one more from the day on which a recognition is granted, one less from the day after it expires, which is posted
/// at once and takes effect then. A figure of today is therefore effective by today.
/// </summary>
public static class EnterprisePostings
{
    public static (EnterpriseAccount? Account, IReadOnlyList<Posting> Postings) Post(EnterpriseAccount? before, CloudEvent heard, DateOnly effectiveOn)
    {
        if (Evolve(before, heard, effectiveOn) is not { } after || after == before) return (before, []);
        var lines = Posting.Net((before is null ? [] : Lines(before)).Select(line => line.Reversed()).Concat(Lines(after)));
        return (after, [.. lines.Select(line => line with { Arranges = before is not null && before.Chain != after.Chain })]);
    }

    private static EnterpriseAccount? Evolve(EnterpriseAccount? account, CloudEvent heard, DateOnly on) => (account, heard.Type) switch
    {
        (null, "enterprise_registered") when heard.Read<EnterpriseRegistered>() is var e => new(e.EnterpriseId, e.Industry, e.Department, e.Illustrative, e.RegisteredOn, []),
        ({ } a, "designation_granted") when heard.Read<DesignationGranted>() is var e => a with
        {
            Designations = [.. a.Designations, new(e.DesignationId, e.Kind, e.GrantedOn, e.ExpiresOn < DateOnly.MaxValue ? e.ExpiresOn.AddDays(1) : e.ExpiresOn)],
        },
        ({ } a, "designation_withdrawn") when heard.Read<DesignationWithdrawn>() is var e => a with
        {
            Designations = [.. a.Designations.Select(each => each.Id == e.DesignationId && on < each.Until ? each with { Until = on } : each)],
        },
        ({ } a, "enterprise_listed") when heard.Read<EnterpriseListed>() is var e => a with { ListedOn = e.On, ListingEndedOn = null },
        ({ } a, "listing_ended") when heard.Read<ListingEnded>() is var e => a with { ListingEndedOn = e.On },
        ({ } a, "chain_role_set") when heard.Read<ChainRoleSet>() is var e => a with { Chain = e.Chain },
        ({ } a, "project_linked") when heard.Read<ProjectLinked>() is var e => a with { Projects = [.. a.Projects, e.ProjectId] },
        ({ } a, "project_unlinked") when heard.Read<ProjectUnlinked>() is var e => a with { Projects = [.. a.Projects.Where(project => project != e.ProjectId)] },
        ({ } a, "enterprise_left") when heard.Read<EnterpriseLeft>() is var e => a with { LeftOn = e.On },
        _ => account,
    };

    private static IEnumerable<Posting> Lines(EnterpriseAccount account)
    {
        IEnumerable<Posting> Held(string kind, DateOnly from, DateOnly? until)
        {
            var end = account.LeftOn is { } left && (until is null || left < until) ? left : until;
            if (end <= from) yield break;
            yield return Line(account, +1, kind, from);
            if (end is { } day) yield return Line(account, -1, kind, day);
        }
        return [
            .. Held(EnterpriseKinds.Registered, account.RegisteredOn, null),
            .. account.Designations.SelectMany(each => Held(each.Kind, each.From, each.Until)),
            .. account.ListedOn is { } listed ? Held(EnterpriseKinds.Listed, listed, account.ListingEndedOn) : [],
        ];
    }

    private static Posting Line(EnterpriseAccount account, int sign, string kind, DateOnly on) => new(
        Measures.Enterprises, PostingStatus.Confirmed, sign, Money.Yuan(0), on, Guid.Empty, Guid.Empty, Guid.Empty, account.Industry, Posting.None, account.Illustrative, account.Department, Posting.None)
    {
        Designation = kind,
        Traits = TraitValues.Unknown with { Chain = account.Chain ?? Posting.None },
    };
}
