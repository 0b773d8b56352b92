using JasperFx.Events;
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

    public static IReadOnlyList<string> Services { get; } = ["signings", "projects", "funds", Administrators];

    public static bool StopsAtFailure => true;

    public async Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct)
    {
        await using var ledger = await LedgerWriter.Lock(transaction.Connection, clock.GetUtcNow(), ct);
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

    /// <summary>Posts the events and keeps what the next ones need.</summary>
    internal static async Task Post(IDocumentSession session, LedgerWriter ledger, IReadOnlyList<CloudEvent> events, CancellationToken ct)
    {
        var records = events.Select(heard => Guid.Parse(heard.Subject)).Distinct().ToArray();
        var accounts = (await session.LoadManyAsync<AgreementAccount>(ct, records)).ToDictionary(account => account.Id);
        var ceremonies = (await session.LoadManyAsync<Ceremonies.CeremonySheet>(ct, records)).ToDictionary(sheet => sheet.Id);
        var known = (await session.LoadManyAsync<Records.KnownRecord>(ct, records)).ToDictionary(record => record.Id);
        var capital = (await session.LoadManyAsync<CapitalAccount>(ct, records)).ToDictionary(account => account.Id);
        var books = (await session.LoadManyAsync<Definitions.RateBook>(ct, records)).ToDictionary(book => book.Id);
        var receiving = events.Where(heard => heard.Type == "capital_logged").ToDictionary(heard => heard.Id, heard => heard.Read<CapitalLogged>().ProjectId);
        var drafted = events.Where(heard => heard.Type == "agreement_drafted").ToDictionary(heard => heard.Id, heard => heard.Read<AgreementDrafted>().ProjectId);
        var projects = (await session.LoadManyAsync<ProjectAccount>(ct, [.. records.Concat(receiving.Values).Concat(drafted.Values).Distinct()])).ToDictionary(account => account.Id);
        foreach (var heard in events)
        {
            var subject = Guid.Parse(heard.Subject);
            var effectiveOn = heard.EffectiveOn ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(heard.Time, Recording.BureauTime).DateTime);
            var (account, postings) = AgreementPostings.Post(
                accounts.GetValueOrDefault(subject), heard, effectiveOn, await Chain(heard), drafted.TryGetValue(heard.Id, out var about) ? projects.GetValueOrDefault(about) : null);
            if (account is not null) accounts[subject] = account;
            if (Ceremonies.CeremonySheets.Evolve(ceremonies.GetValueOrDefault(subject), heard, await Seal(heard, subject)) is { } sheet) ceremonies[subject] = sheet;
            if (Records.KnownRecords.Evolve(known.GetValueOrDefault(subject), heard) is { } record) known[subject] = record;
            var (arrival, arrivals) = CapitalPostings.Post(capital.GetValueOrDefault(subject), heard, effectiveOn, receiving.TryGetValue(heard.Id, out var receiver) ? projects.GetValueOrDefault(receiver) : null);
            if (arrival is not null) capital[subject] = arrival;
            var before = projects.GetValueOrDefault(subject);
            var (project, stages) = ProjectPostings.Post(before, heard, effectiveOn);
            var book = Definitions.RateBooks.Evolve(books.GetValueOrDefault(subject), heard, ledger.Position + 1);
            if (book is not null && !ReferenceEquals(book, books.GetValueOrDefault(subject)))
            {
                books[subject] = book;
                stages = [Posting.OfContext(effectiveOn)];
            }
            ledger.Add(heard, [.. postings, .. arrivals, .. stages, .. await Moved(heard, project)]);
            if (project is null || ReferenceEquals(project, before)) continue;
            projects[subject] = project;
            ledger.Change(subject, (before?.Traits ?? []).Except(project.Traits), project.Traits.Except(before?.Traits ?? []));
        }
        session.Store(accounts.Values.ToArray());
        session.Store(ceremonies.Values.ToArray());
        session.Store(known.Values.ToArray());
        session.Store(capital.Values.ToArray());
        session.Store(books.Values.ToArray());
        session.Store(projects.Values.ToArray());

        // Whatever counts for a record counts for the one that stands for it, or for itself again.
        async Task<IEnumerable<Posting>> Moved(CloudEvent heard, ProjectAccount? project)
        {
            if (heard.Type is not ("project_merged" or "project_unmerged") || project is null) return [];
            var papers = await session.Query<AgreementAccount>().Where(account => account.ProjectId == project.Id).ToListAsync(ct);
            var entries = await session.Query<CapitalAccount>().Where(account => account.ProjectId == project.Id).ToListAsync(ct);
            var lines = new List<Posting>();
            foreach (var paper in accounts.Values.Where(account => account.ProjectId == project.Id).UnionBy(papers, account => account.Id).OrderBy(account => account.Id).ToList())
            {
                (accounts[paper.Id], var moved) = AgreementPostings.Move(paper, project.MergedInto);
                lines.AddRange(moved);
            }
            foreach (var entry in capital.Values.Where(account => account.ProjectId == project.Id).UnionBy(entries, account => account.Id).OrderBy(account => account.Id).ToList())
            {
                (capital[entry.Id], var moved) = CapitalPostings.Move(entry, project.CountsAs);
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
