using JasperFx.Events;
using Luodi.Contracts;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Agreements;
using Luodi.Signings.Ceremonies;
using Luodi.Signings.KnownProjects;

namespace Luodi.Specs.Ledger;

/// <summary>What somebody at the bureau asks for. Records are named by number, so that a generated sequence is short to read when it fails.</summary>
public abstract record Request(int Actor);

public sealed record Draft(int Actor, int Project, int Ceremony, long Fen, bool Illustrative, int Tier) : Request(Actor);

public sealed record Follow(int Actor, int Agreement, int Ceremony, long Fen, int Tier, int As) : Request(Actor);

public sealed record Sign(int Actor, int Agreement, int DaysAgo) : Request(Actor);

public sealed record Confirm(int Actor, int Agreement) : Request(Actor);

/// <param name="Tier">None beyond the last of them: it stays.</param>
public sealed record Correct(int Actor, int Agreement, long Fen, int Tier) : Request(Actor);

public sealed record Return(int Actor, int Agreement) : Request(Actor);

public sealed record Amend(int Actor, int Agreement, long Fen) : Request(Actor);

public sealed record Terminate(int Actor, int Agreement) : Request(Actor);

public sealed record Close(int Actor, int Ceremony) : Request(Actor);

/// <summary>A bureau in memory: the real rules decide, the real states evolve, and what happened is heard by the real ledger.</summary>
internal sealed class Bureau
{
    /// <summary>The number of the agreement that was drafted last.</summary>
    public const int Last = -1;

    private static readonly DateOnly Today = new(2023, 12, 15);

    // Ground was broken for one of them.
    private readonly KnownProject[] _projects =
        [.. Enumerable.Range(0, 6).Select(n => new KnownProject(Guid.CreateVersion7(), $"项目{n}", Industries.All[n % Industries.All.Count], GroundBrokenOn: n == 0 ? Today.AddDays(-30) : null))];
    private readonly Ceremony[] _ceremonies = [.. Enumerable.Range(0, 3).Select(n => new Ceremony(Guid.CreateVersion7(), $"仪式{n}", Today, CeremonyStatus.Held))];
    private readonly List<Guid> _ids = [];
    private readonly Dictionary<Guid, Agreement> _agreements = [];
    private readonly Dictionary<Guid, AgreementView> _views = [];
    private readonly Dictionary<Guid, (string Industry, bool Illustrative)> _papers = [];
    private readonly Dictionary<string, Guid> _reserved = [];
    private readonly AgreementViewProjection _projection = new();

    public Heard Ledger { get; } = new();

    public IReadOnlyList<Ceremony> Ceremonies => _ceremonies;

    public IEnumerable<(Agreement Agreement, AgreementView View, string Industry, bool Illustrative)> Agreements =>
        _ids.Select(id => (_agreements[id], _views[id], _papers[id].Industry, _papers[id].Illustrative));

    /// <summary>Who confirmed or returned what they logged themselves, if that ever happened.</summary>
    public List<string> OwnConfirmations { get; } = [];

    public void Do(Request request)
    {
        var actor = $"staff{request.Actor}";
        switch (request)
        {
            case Draft draft:
                Write(draft, _projects[draft.Project % _projects.Length], draft.Ceremony, draft.Fen, draft.Illustrative, draft.Tier, null, null);
                break;
            case Follow follow when Of(follow.Agreement) is { } earlier:
                Write(follow, Array.Find(_projects, each => each.Id == earlier.ProjectId)!, follow.Ceremony, follow.Fen, illustrative: false, follow.Tier, earlier, FollowUps.All[follow.As % FollowUps.All.Count]);
                break;
            case Close close:
                var at = close.Ceremony % _ceremonies.Length;
                foreach (var fact in CloseCeremonyFeature.Decide(_ceremonies[at], new(null, null), Today).Events) _ceremonies[at] = CeremonyHistory.Evolve(_ceremonies[at], fact)!;
                break;
            case Sign sign when Of(sign.Agreement) is { } agreement:
                Happen(agreement.Id, SignAgreementFeature.Decide(
                    agreement, new SignAgreement(Today.AddDays(-sign.DaysAgo)), Array.Find(_ceremonies, each => each.Id == agreement.CeremonyId), Today,
                    ChainOf(agreement), Array.Find(_projects, each => each.Id == agreement.ProjectId)), actor);
                break;
            case Confirm confirm when Of(confirm.Agreement) is { } agreement:
                var decision = ConfirmAgreementFeature.Decide(agreement, actor);
                if (decision.Events.Count > 0 && agreement.LoggedBy == actor) OwnConfirmations.Add(actor);
                Happen(agreement.Id, decision, actor);
                break;
            case Correct correct when Of(correct.Agreement) is { } agreement:
                Happen(agreement.Id, CorrectDraftFeature.Decide(agreement, new CorrectDraft(null, Yuan(correct.Fen), Tiers.All.ElementAtOrDefault(correct.Tier)), ChainOf(agreement)), actor);
                break;
            case Return sent when Of(sent.Agreement) is { } agreement:
                var returned = ReturnAgreementFeature.Decide(agreement, new ReturnAgreement("请更正"), actor);
                if (returned.Events.Count > 0 && agreement.LoggedBy == actor) OwnConfirmations.Add(actor);
                Happen(agreement.Id, returned, actor);
                break;
            case Amend amend when Of(amend.Agreement) is { } agreement:
                Happen(agreement.Id, AmendAgreementFeature.Decide(agreement, new AmendAgreement(Yuan(amend.Fen), "追加"), ChainOf(agreement)), actor);
                break;
            case Terminate terminate when Of(terminate.Agreement) is { } agreement:
                Happen(agreement.Id, TerminateAgreementFeature.Decide(agreement, new TerminateAgreement("退库"), ChainOf(agreement)), actor);
                break;
        }
    }

    public Chain ChainOf(Agreement agreement) => new([.. _ids.Select(id => _agreements[id]).Where(each => each.Chain == agreement.Chain)]);

    private void Write(Request request, KnownProject project, int number, long fen, bool illustrative, int tier, Agreement? follows, string? followsAs)
    {
        var id = Guid.CreateVersion7();
        var ceremony = _ceremonies[number % _ceremonies.Length];
        var paper = new DraftAgreement($"NH-{_ids.Count}", project.Id, ceremony.Id, "某公司", Yuan(fen), illustrative, Tiers.All[tier % Tiers.All.Count], follows?.Id, followsAs);
        _papers[id] = (project.Industry, illustrative);
        Happen(id, DraftAgreementFeature.Decide(id, paper, project, ceremony, $"department{request.Actor % 2}", follows is null ? null : ChainOf(follows)), $"staff{request.Actor}");
        if (_agreements.ContainsKey(id)) _ids.Add(id);
    }

    private Agreement? Of(int number) => _ids.Count == 0 ? null : _agreements[number == Last ? _ids[^1] : _ids[number % _ids.Count]];

    private static Money Yuan(long fen) => Money.Yuan(fen / 100m);

    /// <summary>What the database does for a decision: all of it or, where a key is taken, nothing.</summary>
    private void Happen(Guid id, Decision decision, string actor)
    {
        if (decision.Reservations.Any(reservation => _reserved.TryGetValue(reservation.Key, out var by) && by != id)) return;
        foreach (var (key, _) in decision.Reservations) _reserved[key] = id;
        foreach (var key in decision.Releases) _reserved.Remove(key);
        foreach (var fact in decision.Events)
        {
            _agreements[id] = AgreementHistory.Evolve(_agreements.GetValueOrDefault(id), fact, actor)!;
            var told = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(fact.GetType()), fact)!;
            told.UserName = actor;
            _views[id] = _projection.Evolve(_views.GetValueOrDefault(id), id, told)!;
            Ledger.Post(fact, id, decision.EffectiveOn ?? Today);
        }
    }
}
