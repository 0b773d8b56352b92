using JasperFx.Events;
using Luodi.Contracts.Funds;
using Luodi.Contracts.Projects;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.Reporting.Ledger;
using Luodi.Reporting.Rollups;
using Luodi.ServiceDefaults.Decisions;
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

    public static IReadOnlyList<string> Services { get; } = ["signings", "projects", "funds", "audit", Administrators];

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
        await Post(session, ledger, events, ct);
        await session.SaveChangesAsync(ct);
        await ledger.Save(ct);
    }

    /// <summary>The other project of which an event must know where it counts.</summary>
    /// <param name="deals">The project of each deal of the funds.</param>
    private static Guid? ProjectOf(CloudEvent heard, Dictionary<Guid, Guid> deals) => heard.Type switch
    {
        "flow_logged" => heard.Read<FlowLogged>().DealId is { } deal && deals.TryGetValue(deal, out var project) ? project : null,
        "flow_confirmed" => heard.Read<FlowConfirmed>().DealId is { } deal && deals.TryGetValue(deal, out var project) ? project : null,
        "capital_logged" => heard.Read<CapitalLogged>().ProjectId,
        "agreement_drafted" => heard.Read<AgreementDrafted>().ProjectId,
        "project_merged" => heard.Read<ProjectMerged>().IntoId,
        "project_linked" => heard.Read<ProjectLinked>().ProjectId,
        _ => null,
    };

    /// <summary>Posts the events and keeps what the next ones need.</summary>
    internal static async Task Post(IDocumentSession session, LedgerWriter ledger, IReadOnlyList<CloudEvent> events, CancellationToken ct)
    {
        var records = events.Select(heard => Guid.Parse(heard.Subject)).Distinct().ToArray();
        var accounts = (await session.LoadManyAsync<AgreementAccount>(ct, records)).ToDictionary(account => account.Id);
        var ceremonies = (await session.LoadManyAsync<Ceremonies.CeremonySheet>(ct, records)).ToDictionary(sheet => sheet.Id);
        var known = (await session.LoadManyAsync<Records.KnownRecord>(ct, records)).ToDictionary(record => record.Id);
        var capital = (await session.LoadManyAsync<CapitalAccount>(ct, records)).ToDictionary(account => account.Id);
        var enterprises = (await session.LoadManyAsync<EnterpriseAccount>(ct, records)).ToDictionary(account => account.Id);
        var books = (await session.LoadManyAsync<Definitions.RateBook>(ct, records)).ToDictionary(book => book.Id);
        var funds = (await session.LoadManyAsync<FundAccount>(ct, [.. records.Concat(events.Select(FundAccounts.MotherOf).OfType<Guid>()).Distinct()])).ToDictionary(account => account.Id);
        var entries = (await session.LoadManyAsync<FundEntryAccount>(ct, [.. events.Select(FundPostings.EntryOf).OfType<Guid>().Distinct()])).ToDictionary(account => account.Id);
        var deals = funds.Values.SelectMany(fund => fund.Deals).Concat(events.Select(FundAccounts.DealOf).OfType<DealWith>()).DistinctBy(deal => deal.Id).ToDictionary(deal => deal.Id, deal => deal.ProjectId);
        var about = events.Select(heard => (heard.Id, Project: ProjectOf(heard, deals))).Where(each => each.Project is not null).ToDictionary(each => each.Id, each => each.Project!.Value);
        var projects = (await session.LoadManyAsync<ProjectAccount>(ct, [.. records.Concat(about.Values).Concat(enterprises.Values.SelectMany(enterprise => enterprise.Projects)).Distinct()])).ToDictionary(account => account.Id);
        foreach (var standing in await session.LoadManyAsync<ProjectAccount>(ct, [.. projects.Values.Select(project => project.MergedInto).OfType<Guid>().Distinct()])) projects.TryAdd(standing.Id, standing);
        await LoadWhatMayMove();
        var read = All().ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var heard in events)
        {
            var subject = Guid.Parse(heard.Subject);
            var effectiveOn = heard.EffectiveOn ?? Recording.DayOf(heard.Time);
            var concerned = about.TryGetValue(heard.Id, out var id) ? projects.GetValueOrDefault(id) : null;
            var (account, postings) = AgreementPostings.Post(accounts.GetValueOrDefault(subject), heard, effectiveOn, await Chain(heard), PlaceOf(concerned));
            if (account is not null) accounts[subject] = account;
            if (Ceremonies.CeremonySheets.Evolve(ceremonies.GetValueOrDefault(subject), heard, await Seal(heard, subject)) is { } sheet) ceremonies[subject] = sheet;
            if (Records.KnownRecords.Evolve(known.GetValueOrDefault(subject), heard) is { } record) known[subject] = record;
            var (arrival, arrivals) = CapitalPostings.Post(capital.GetValueOrDefault(subject), heard, effectiveOn, concerned, PlaceOf(concerned));
            if (arrival is not null) capital[subject] = arrival;
            var formerly = enterprises.GetValueOrDefault(subject);
            var (enterprise, recognitions) = EnterprisePostings.Post(formerly, heard, effectiveOn);
            if (enterprise is not null) enterprises[subject] = enterprise;
            var before = projects.GetValueOrDefault(subject);
            var (project, stages) = ProjectPostings.Post(before, heard, effectiveOn);
            if (project is not null) projects[subject] = project;
            var (fundBefore, entryId) = (funds.GetValueOrDefault(subject), FundPostings.EntryOf(heard));
            var fund = FundAccounts.Evolve(fundBefore, heard, FundAccounts.MotherOf(heard) is { } mother ? funds.GetValueOrDefault(mother) : null);
            if (fund is not null) funds[subject] = fund;
            var (entry, flows) = FundPostings.Post(fund, entryId is { } entered ? entries.GetValueOrDefault(entered) : null, heard, deals, concerned, PlaceOf(concerned));
            if (entry is not null) entries[entry.Id] = entry;
            var book = Definitions.RateBooks.Evolve(books.GetValueOrDefault(subject), heard, ledger.Position + 1);
            if (book is not null && !ReferenceEquals(book, books.GetValueOrDefault(subject)))
            {
                books[subject] = book;
                stages = [Posting.OfContext(effectiveOn)];
            }
            ledger.Add(heard, [.. postings, .. arrivals, .. recognitions, .. flows, .. fund is not null && fund.Vintage != fundBefore?.Vintage ? Aged(fund) : [], .. stages, .. project is not null && project.Moves(before) ? Moved(project) : [], .. enterprise is not null ? Chained(formerly, enterprise) : []]);
        }
        session.StoreObjects(All().Where(document => !read.Contains(document)).ToList());

        IEnumerable<object> All() => [.. accounts.Values, .. ceremonies.Values, .. known.Values, .. capital.Values, .. enterprises.Values, .. funds.Values, .. entries.Values, .. books.Values, .. projects.Values];

        Place? PlaceOf(ProjectAccount? project) => project?.Place(project.MergedInto is { } into ? projects.GetValueOrDefault(into) : null);

        // What was posted about a project that this round merges or describes anew, or about a record that it stands for.
        async Task LoadWhatMayMove()
        {
            var chained = events.Where(heard => heard.Type is "chain_role_set" or "project_linked" or "project_unlinked")
                .SelectMany(heard => (enterprises.GetValueOrDefault(Guid.Parse(heard.Subject))?.Projects ?? []).Concat(about.TryGetValue(heard.Id, out var linked) ? [linked] : []));
            var moving = events.Where(heard => heard.Type is "lead_registered" or "project_described" or "owner_assigned" or "project_merged" or "project_unmerged").Select(heard => Guid.Parse(heard.Subject)).Concat(chained)
                .SelectMany(moved => (projects.GetValueOrDefault(moved)?.Duplicates ?? []).Select(each => each.Id).Prepend(moved))
                .Concat(events.Where(heard => heard.Type is "duplicate_taken_in").Select(heard => heard.Read<DuplicateTakenIn>().DuplicateId)).Distinct().ToArray();
            var aging = events.Where(heard => heard.Type is "fund_terms_set").Select(heard => Guid.Parse(heard.Subject)).Distinct().ToArray();
            foreach (var flow in aging.Length == 0 ? [] : await session.Query<FundEntryAccount>().Where(flow => flow.FundId.IsOneOf(aging)).ToListAsync(ct)) entries.TryAdd(flow.Id, flow);
            if (moving.Length == 0) return;
            foreach (var flow in await session.Query<FundEntryAccount>().Where(flow => flow.ProjectId.IsOneOf(moving)).ToListAsync(ct)) entries.TryAdd(flow.Id, flow);
            foreach (var paper in await session.Query<AgreementAccount>().Where(paper => paper.ProjectId.IsOneOf(moving)).ToListAsync(ct)) accounts.TryAdd(paper.Id, paper);
            foreach (var entry in await session.Query<CapitalAccount>().Where(entry => entry.ProjectId.IsOneOf(moving)).ToListAsync(ct)) capital.TryAdd(entry.Id, entry);
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
            var (lines, place) = (new List<Posting>(), PlaceOf(project)!);
            bool CountsThere(Guid record) => record == project.Id || project.Duplicates.Any(each => each.Id == record);
            foreach (var paper in accounts.Values.Where(account => CountsThere(account.ProjectId)).OrderBy(account => account.Id).ToList())
            {
                (accounts[paper.Id], var moved) = AgreementPostings.Move(paper, place);
                lines.AddRange(moved);
            }
            foreach (var entry in capital.Values.Where(account => CountsThere(account.ProjectId)).OrderBy(account => account.Id).ToList())
            {
                (capital[entry.Id], var moved) = CapitalPostings.Move(entry, place);
                lines.AddRange(moved);
            }
            foreach (var flow in entries.Values.Where(account => CountsThere(account.ProjectId)).OrderBy(account => account.Id).ToList())
            {
                (entries[flow.Id], var moved) = FundPostings.Move(flow, project, place);
                lines.AddRange(moved);
            }
            return lines;
        }

        List<Posting> Aged(FundAccount fund)
        {
            var lines = new List<Posting>();
            foreach (var flow in entries.Values.Where(flow => flow.FundId == fund.Id).OrderBy(flow => flow.Id).ToList())
            {
                (entries[flow.Id], var moved) = FundPostings.Move(flow, fund);
                lines.AddRange(moved);
            }
            return lines;
        }

        // Those of this round are not stored yet.
        async Task<IEnumerable<AgreementAccount>> Chain(CloudEvent heard)
        {
            if (heard.Type != "owner_replaced") return [];
            var first = heard.Read<OwnerReplaced>().Chain;
            var stored = await session.Query<AgreementAccount>().Where(account => account.Chain == first).ToListAsync(ct);
            return accounts.Values.Where(account => account.Chain == first).UnionBy(stored, account => account.Id).OrderBy(account => account.Id);
        }

        async Task<Ceremonies.Seal?> Seal(CloudEvent heard, Guid ceremony) => heard.Type != "ceremony_closed" ? null
            : new(heard.Id, heard.EffectiveOn, ledger.RecordedAt, ledger.Position, await ledger.Sum(new PostingFilter(Ceremony: ceremony), ct));
    }
}
