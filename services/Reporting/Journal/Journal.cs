using System.Linq.Expressions;
using JasperFx.Events;
using Luodi.Contracts.Funds;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.Ledger;
using Luodi.Reporting.Ceremonies;
using Luodi.Reporting.Definitions;
using Luodi.Reporting.Ledger;
using Luodi.Reporting.Records;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Intake;
using Marten;

namespace Luodi.Reporting.Journal;

/// <summary>
/// Hears everything: appends it to the journal and posts it, in one transaction, so that journal, ledger and head never disagree.
/// An event that cannot be posted stops its source: a figure that lacks a fact would be wrong, and nobody would see it.
/// </summary>
public sealed class EventJournal(TimeProvider clock) : IHear
{
    /// <summary>The service whose events are what administrators did; they move no figure.</summary>
    public const string Administrators = "portal";

    /// <summary>Of itself it hears the reports that were published.</summary>
    public static IReadOnlyList<string> Services { get; } = ["signings", "projects", "funds", "audit", "reporting", Administrators];

    public static bool StopsAtFailure => true;

    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        var ledger = await LedgerWriter.Lock(transaction.Connection, clock.GetUtcNow(), ct);
        await using var session = transaction.OpenSession();
        foreach (var heard in events)
        {
            // The event's own id: a second entry of it would break the journal's unique index.
            IEvent entry = session.Events.BuildEvent(new Journaled(ledger.RecordedAt, heard));
            entry.Id = heard.Id;
            entry.UserName = heard.Actor;
            session.Events.Append(Journaled.StreamOf(heard), entry);
        }
        await Post(new StoredAccounts(session), ledger, events, ct);
        await session.SaveChangesAsync(ct);
        await ledger.Save(ct);
    }

    /// <summary>The other project of which an event must know where it counts.</summary>
    /// <param name="deals">The project of each deal of the funds.</param>
    private static Guid? ProjectOf(CloudEvent heard, FundFact? fact, Dictionary<Guid, Guid> deals) => heard.Type switch
    {
        "capital_logged" => heard.Read<CapitalLogged>().ProjectId,
        "agreement_drafted" => heard.Read<AgreementDrafted>().ProjectId,
        "project_merged" => heard.Read<ProjectMerged>().IntoId,
        "project_linked" => heard.Read<ProjectLinked>().ProjectId,
        _ => fact?.Deal is { } deal && deals.TryGetValue(deal, out var project) ? project : null,
    };

    /// <summary>Posts the events and keeps what the next ones need.</summary>
    internal static async Task Post(IAccounts remembered, LedgerWriter ledger, IReadOnlyList<CloudEvent> events, CancellationToken ct)
    {
        // Only what the page names: an account is of records of one service.
        var subjects = events.ToLookup(heard => heard.Source[(heard.Source.LastIndexOf('/') + 1)..], heard => Guid.Parse(heard.Subject), StringComparer.Ordinal);
        var facts = events.Select(FundFact.Of).OfType<FundFact>().ToDictionary(fact => fact.Heard.Id);
        var known = await Load<KnownRecord>(subjects.SelectMany(each => each), record => record.Id);
        var accounts = await Load<AgreementAccount>(subjects["signings"], account => account.Id);
        var ceremonies = await Load<CeremonySheet>(subjects["signings"], sheet => sheet.Id);
        var capital = await Load<CapitalAccount>(subjects["projects"], account => account.Id);
        var enterprises = await Load<EnterpriseAccount>(subjects["projects"], account => account.Id);
        var books = await Load<RateBook>(subjects["projects"], book => book.Id);
        var funds = await Load<FundAccount>(facts.Values.Select(fact => fact.Mother).OfType<Guid>().Concat(facts.Values.Select(fact => Guid.Parse(fact.Heard.Subject))), account => account.Id);
        var entries = await Load<FundEntryAccount>(facts.Values.Select(fact => fact.Entry).OfType<Guid>(), account => account.Id);
        var deals = funds.Values.SelectMany(fund => fund.Deals).Concat(facts.Values.Select(fact => fact.Makes).OfType<DealWith>()).DistinctBy(deal => deal.Id).ToDictionary(deal => deal.Id, deal => deal.ProjectId);
        var about = events.Select(heard => (heard.Id, Project: ProjectOf(heard, facts.GetValueOrDefault(heard.Id), deals))).Where(each => each.Project is not null).ToDictionary(each => each.Id, each => each.Project!.Value);
        var projects = await Load<ProjectAccount>(subjects["projects"].Concat(about.Values).Concat(enterprises.Values.SelectMany(enterprise => enterprise.Projects)), account => account.Id);
        foreach (var (id, standing) in await Load<ProjectAccount>(projects.Values.Select(project => project.MergedInto).OfType<Guid>(), account => account.Id)) projects.TryAdd(id, standing);
        await LoadWhatMayMove();
        var read = All().Select(each => each.Account).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var heard in events)
        {
            var subject = Guid.Parse(heard.Subject);
            var effectiveOn = EffectiveDay.Of(heard);
            var concerned = about.TryGetValue(heard.Id, out var id) ? projects.GetValueOrDefault(id) : null;
            var (account, postings) = AgreementPostings.Post(accounts.GetValueOrDefault(subject), heard, effectiveOn, await Chain(heard), PlaceOf(concerned));
            if (account is not null) accounts[subject] = account;
            var sheetBefore = ceremonies.GetValueOrDefault(subject);
            var sheet = CeremonySheets.Evolve(sheetBefore, heard, await Seal(heard, subject), ledger.Position + 1);
            if (sheet is not null) ceremonies[subject] = sheet;
            if (KnownRecords.Evolve(known.GetValueOrDefault(subject), heard) is { } record) known[subject] = record;
            var (arrival, arrivals) = CapitalPostings.Post(capital.GetValueOrDefault(subject), heard, effectiveOn, concerned, PlaceOf(concerned));
            if (arrival is not null) capital[subject] = arrival;
            var formerly = enterprises.GetValueOrDefault(subject);
            var (enterprise, recognitions) = EnterprisePostings.Post(formerly, heard, effectiveOn);
            if (enterprise is not null) enterprises[subject] = enterprise;
            var before = projects.GetValueOrDefault(subject);
            var (project, stages) = ProjectPostings.Post(before, heard, effectiveOn);
            if (project is not null) projects[subject] = project;
            var (fundBefore, fact) = (funds.GetValueOrDefault(subject), facts.GetValueOrDefault(heard.Id));
            var fund = FundAccounts.Evolve(fundBefore, fact, fact?.Mother is { } mother ? funds.GetValueOrDefault(mother) : null);
            if (fund is not null) funds[subject] = fund;
            var (entry, flows) = FundPostings.Post(fund, fact?.Entry is { } entered ? entries.GetValueOrDefault(entered) : null, fact, deals, concerned, PlaceOf(concerned));
            if (entry is not null) entries[entry.Id] = entry;
            var bookBefore = books.GetValueOrDefault(subject);
            var book = RateBooks.Evolve(bookBefore, heard, ledger.Position + 1);
            if (book is not null) books[subject] = book;
            ledger.Add(heard,
            [
                // What an answer says beside its sums takes a place in the ledger too, so that each place has one answer.
                .. ReferenceEquals(sheet, sheetBefore) && ReferenceEquals(book, bookBefore) ? [] : (Posting[])[Posting.OfContext(effectiveOn)],
                .. postings, .. arrivals, .. recognitions, .. flows,
                .. fund is not null && fund.Vintage != fundBefore?.Vintage ? Move(entries, flow => flow.FundId == fund.Id, flow => FundPostings.Move(flow, fund)) : [],
                .. stages, .. project is not null && project.Moves(before) ? Moved(project) : [], .. enterprise is not null ? Chained(formerly, enterprise) : [],
            ]);
        }
        remembered.Keep([.. All().Where(each => !read.Contains(each.Account))]);

        IEnumerable<(Guid Id, object Account)> All() => [.. Each(accounts), .. Each(ceremonies), .. Each(known), .. Each(capital), .. Each(enterprises), .. Each(funds), .. Each(entries), .. Each(books), .. Each(projects)];

        static IEnumerable<(Guid Id, object Account)> Each<T>(Dictionary<Guid, T> of) where T : notnull => of.Select(each => (each.Key, (object)each.Value));

        async Task<Dictionary<Guid, T>> Load<T>(IEnumerable<Guid> ids, Func<T, Guid> idOf) where T : notnull =>
            ids.Distinct().ToArray() is { Length: > 0 } named ? (await remembered.Load<T>(named, ct)).ToDictionary(idOf) : [];

        Place? PlaceOf(ProjectAccount? project) => project?.Place(project.MergedInto is { } into ? projects.GetValueOrDefault(into) : null);

        // What was posted about a project that this round merges or describes anew, or about a record that it stands for.
        async Task LoadWhatMayMove()
        {
            var chained = events.Where(heard => heard.Type is "chain_role_set" or "project_linked" or "project_unlinked")
                .SelectMany(heard => (enterprises.GetValueOrDefault(Guid.Parse(heard.Subject))?.Projects ?? []).Concat(about.TryGetValue(heard.Id, out var linked) ? [linked] : []));
            var moving = events.Where(heard => heard.Type is "lead_registered" or "project_described" or "owner_assigned" or "project_merged" or "project_unmerged").Select(heard => Guid.Parse(heard.Subject)).Concat(chained)
                .SelectMany(moved => (projects.GetValueOrDefault(moved)?.Duplicates ?? []).Select(each => each.Id).Prepend(moved))
                .Concat(events.Where(heard => heard.Type is "duplicate_taken_in").Select(heard => heard.Read<DuplicateTakenIn>().DuplicateId)).Distinct().ToArray();
            var aging = facts.Values.Where(fact => fact.Says is FundTermsSet).Select(fact => Guid.Parse(fact.Heard.Subject)).Distinct().ToArray();
            await Add(entries, flow => flow.Id, aging, flow => flow.FundId);
            await Add(entries, flow => flow.Id, moving, flow => flow.ProjectId);
            await Add(accounts, paper => paper.Id, moving, paper => paper.ProjectId);
            await Add(capital, entry => entry.Id, moving, entry => entry.ProjectId);
        }

        async Task Add<T>(Dictionary<Guid, T> to, Func<T, Guid> idOf, Guid[] owners, Expression<Func<T, Guid>> owner) where T : notnull
        {
            if (owners.Length == 0) return;
            foreach (var account in await remembered.Of(owners, owner, ct)) to.TryAdd(idOf(account), account);
        }

        // What is posted about the projects of an enterprise is arranged by its chain.
        List<Posting> Chained(EnterpriseAccount? formerly, EnterpriseAccount enterprise)
        {
            var lines = new List<Posting>();
            if (formerly?.Chain == enterprise.Chain && ReferenceEquals(formerly?.Projects, enterprise.Projects)) return lines;
            foreach (var carried in (formerly?.Projects ?? []).Union(enterprise.Projects).Order().ToList())
            {
                if (!projects.TryGetValue(carried, out var before)) continue;
                (projects[carried], var stages) = ProjectPostings.Chain(before, enterprise.Id, enterprise.Projects.Contains(carried) ? enterprise.Chain : null);
                lines.AddRange(stages);
                if (projects[carried].Moves(before)) lines.AddRange(Moved(projects[carried]));
            }
            return lines;
        }

        List<Posting> Moved(ProjectAccount project)
        {
            var place = PlaceOf(project)!;
            bool CountsThere(Guid record) => record == project.Id || project.Duplicates.Any(each => each.Id == record);
            return
            [
                .. Move(accounts, paper => CountsThere(paper.ProjectId), paper => AgreementPostings.Move(paper, place)),
                .. Move(capital, entry => CountsThere(entry.ProjectId), entry => CapitalPostings.Move(entry, place)),
                .. Move(entries, flow => CountsThere(flow.ProjectId), flow => FundPostings.Move(flow, project, place)),
            ];
        }

        static List<Posting> Move<T>(Dictionary<Guid, T> accounts, Func<T, bool> which, Func<T, (T Account, IReadOnlyList<Posting> Postings)> move)
        {
            var lines = new List<Posting>();
            foreach (var (id, account) in accounts.Where(each => which(each.Value)).OrderBy(each => each.Key).ToList())
            {
                (accounts[id], var moved) = move(account);
                lines.AddRange(moved);
            }
            return lines;
        }

        // Those of this round are not stored yet.
        async Task<IEnumerable<AgreementAccount>> Chain(CloudEvent heard)
        {
            if (heard.Type != "owner_replaced") return [];
            var first = heard.Read<OwnerReplaced>().Chain;
            var stored = await remembered.Of<AgreementAccount>([first], account => account.Chain, ct);
            return accounts.Values.Where(account => account.Chain == first).UnionBy(stored, account => account.Id).OrderBy(account => account.Id);
        }

        async Task<Seal?> Seal(CloudEvent heard, Guid ceremony) => heard.Type != "ceremony_closed" ? null
            : new(heard.Id, heard.EffectiveOn, ledger.RecordedAt, ledger.Position, await ledger.Sum(new PostingFilter(Ceremony: ceremony), ct));
    }
}
