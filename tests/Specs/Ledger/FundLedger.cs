using Luodi.Contracts.Projects;
using Luodi.Ledger;

namespace Luodi.Specs.Ledger;

/// <summary>What the ledger makes of funds, and of the projects into which they invest, without a database.</summary>
internal sealed class FundLedger
{
    // Whose history a fact belongs to: the first of these that it names.
    private static readonly string[] Subjects = ["FundId", "CapitalId", "ReinvestmentId", "ProjectId"];

    private readonly Dictionary<Guid, FundAccount> _funds = [];
    private readonly Dictionary<Guid, FundEntryAccount> _entries = [];
    private readonly Dictionary<Guid, ProjectAccount> _projects = [];
    private readonly Dictionary<Guid, CapitalAccount> _capital = [];
    private readonly List<Posting> _postings = [];

    public IReadOnlyList<Posting> Postings => _postings;

    public decimal Sum(string measure, Func<Posting, bool>? which = null, string status = PostingStatus.Confirmed) =>
        _postings.Where(line => line.Measure == measure && line.Status == status && which?.Invoke(line) is not false).Sum(line => line.Amount.Value);

    public void Hear(params IEnumerable<object> facts)
    {
        foreach (var fact in facts) Hear(fact, new DateOnly(2023, 11, 1));
    }

    /// <param name="on">The day of the event.</param>
    public IReadOnlyList<Posting> Hear(object fact, DateOnly on)
    {
        Guid Subject(string name) => fact.GetType().GetProperty(name)?.GetValue(fact) is Guid id ? id : Guid.Empty;
        var subject = Subjects.Select(Subject).First(id => id != Guid.Empty);
        var heard = Heard.Of(fact, subject, on);
        var deals = _funds.Values.SelectMany(each => each.Deals).ToDictionary(deal => deal.Id, deal => deal.ProjectId);
        var (before, former) = (_projects.GetValueOrDefault(subject), _funds.GetValueOrDefault(subject));
        var (project, lines) = ProjectPostings.Post(before, heard, on);
        if (project is not null) _projects[subject] = project;
        var about = fact is CapitalLogged logged ? _projects[logged.ProjectId] : Subject("DealId") is var deal && deals.TryGetValue(deal, out var with) ? _projects.GetValueOrDefault(with) : null;
        var (arrival, arrivals) = CapitalPostings.Post(_capital.GetValueOrDefault(subject), heard, on, about, PlaceOf(about));
        if (arrival is not null) _capital[subject] = arrival;
        var said = FundFact.Of(heard);
        var fund = FundAccounts.Evolve(former, said, said?.Mother is { } mother ? _funds.GetValueOrDefault(mother) : null);
        if (fund is not null) _funds[subject] = fund;
        var (entry, flows) = FundPostings.Post(fund, said?.Entry is { } id ? _entries.GetValueOrDefault(id) : null, said, deals, about, PlaceOf(about));
        if (entry is not null) _entries[entry.Id] = entry;
        List<Posting> posted = [.. lines, .. arrivals, .. flows];
        foreach (var each in _entries.Values.Where(each => (fund is not null && each.FundId == fund.Id && fund.Vintage != former?.Vintage) || (project is not null && each.ProjectId == project.Id && project.Moves(before))).ToList())
        {
            (_entries[each.Id], var moved) = project is null ? FundPostings.Move(each, fund!) : FundPostings.Move(each, project, PlaceOf(project)!);
            posted.AddRange(moved);
        }
        _postings.AddRange(posted);
        return posted;
    }

    private Place? PlaceOf(ProjectAccount? project) => project?.Place(project.MergedInto is { } into ? _projects.GetValueOrDefault(into) : null);
}
