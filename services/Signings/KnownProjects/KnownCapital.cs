using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Wire;

namespace Luodi.Signings.KnownProjects;

/// <summary>What Signings keeps of an arrival of capital.</summary>
/// <param name="Yuan">At the rate of its day.</param>
public sealed record KnownCapital(Guid Id, Guid ProjectId, DateOnly ArrivedOn, Money Yuan, bool Confirmed);

public static class KnownCapitalHistory
{
    public static KnownCapital? Evolve(KnownCapital? capital, CloudEvent heard) => (capital, heard.Type) switch
    {
        (null, "capital_logged") when heard.Read<CapitalLogged>() is var e => new(e.CapitalId, e.ProjectId, e.ArrivedOn, e.Yuan, Confirmed: false),
        ({ } c, "capital_confirmed") => c with { Confirmed = true },
        ({ } c, "capital_revoked" or "capital_returned") => c with { Confirmed = false },
        _ => capital,
    };
}
