using Luodi.Contracts;
using Luodi.Portal.Figures;
using Luodi.Portal.Language;
using Luodi.Portal.Services;
using Microsoft.Extensions.Localization;

namespace Luodi.Portal.History;

/// <summary>Reads a record's history and the record after any of its events.</summary>
public sealed class MomentReader(SigningsClient signings, ProjectsClient projects, Written written, IStringLocalizer<Words> words)
{
    public Task<Answer<RecordHistory>> History(string kind, Guid id, CancellationToken ct) => kind switch
    {
        RecordKind.Agreement => signings.History(id, ct),
        RecordKind.Obligation => signings.ObligationHistory(id, ct),
        RecordKind.Enterprise => projects.EnterpriseHistory(id, ct),
        RecordKind.Capital => projects.CapitalHistory(id, ct),
        _ => projects.History(id, ct),
    };

    public async Task<Answer<Moment>> At(string kind, Guid id, long version, CancellationToken ct) => kind switch
    {
        RecordKind.Agreement => Shown(await signings.AgreementAt(id, version, ct), Of),
        RecordKind.Obligation => Shown(await signings.ObligationAt(id, version, ct), Of),
        RecordKind.Enterprise => await Named(await projects.EnterpriseAt(id, version, ct), enterprise => enterprise.Projects, Of, ct),
        RecordKind.Capital => await Named(await projects.CapitalEntryAt(id, version, ct), entry => [entry.ProjectId], Of, ct),
        _ => await WithOwnFields(id, version, ct),
    };

    private async Task<Answer<Moment>> WithOwnFields(Guid id, long version, CancellationToken ct)
    {
        var fields = projects.Fields(ct);
        var answer = await projects.ProjectAt(id, version, ct);
        var own = (await fields).Value ?? OwnFields.None;
        return Shown(answer, project => Of(project, own));
    }

    private static Answer<Moment> Shown<T>(Answer<T> answer, Func<T, Moment> of) where T : class => new(answer.Value is { } record ? of(record) : null, answer.Silence);

    // Its projects by the names that they have now: which ones they were is what may have changed.
    private async Task<Answer<Moment>> Named<T>(Answer<T> answer, Func<T, IReadOnlyList<Guid>> about, Func<T, IReadOnlyList<string>, Moment> of, CancellationToken ct) where T : class
    {
        if (answer.Value is not { } record) return new(null, answer.Silence);
        var names = await Task.WhenAll(about(record).Select(async id => (await projects.Project(id, ct)).Value?.Name ?? id.ToString()));
        return new(of(record, names), null);
    }

    private Moment Of(Agreement agreement) => new(words["Agreement.Title", agreement.Number],
    [
        Line("number", "Agreement.Number", agreement.Number),
        Line("tier", "Agreement.Tier", written.Word("Tier", agreement.Tier)),
        Line("amount", "Agreement.Amount", agreement.Amount),
        Line("proposed", "Agreement.Proposed", agreement.Proposed),
        Line("fixedAssets", "Agreement.FixedAssets", agreement.FixedAssets),
        Line("proposedFixedAssets", "Agreement.ProposedFixedAssets", agreement.ProposedFixedAssets),
        Line("status", "Agreements.Status", written.Word("Status", agreement.Status)),
        Line("waiting", "Moment.Waiting", agreement.Waiting is { } waiting ? written.Word("Waiting", waiting) : null),
        Line("signedOn", "Agreement.SignedOn", agreement.SignedOn is { } day ? written.Date(day) : null),
        Line("conditions", "Conditions.Open", agreement.OpenConditions > 0 ? agreement.OpenConditions.ToString(System.Globalization.CultureInfo.InvariantCulture) : null),
        Line("counterparty", "Agreement.Counterparty", agreement.Counterparty),
        Line("parties", "Agreement.Parties", Joined(agreement.Parties)),
        Line("proposedParties", "Agreement.ProposedParties", agreement.ProposedParties is { } proposed ? Joined(proposed) : null),
        Line("project", "Agreement.Project", agreement.ProjectName),
        Line("industry", "Agreement.Industry", written.Word("Industry", agreement.Industry)),
        Line("department", "Moment.Department", agreement.Department is { } department ? written.Department(department) : null),
        Line("returned", "Moment.Returned", agreement.Returned is { } returned ? words["Moment.ReturnedBy", returned.By, returned.Reason].Value : null),
    ]);

    private Moment Of(Project project, OwnFields own) => new(project.Name,
    [
        Line("name", "Project.Name", project.Name),
        Line("stage", "Project.Stage", written.Word("Stage", project.Stage)),
        Line("stages", "Project.Stages", string.Join(words["Moment.Comma"], project.Stages.Select(reached => $"{written.Word("Stage", reached.Stage)} {written.Date(reached.On)}"))),
        Line("contacts", "Contacts.Title", project.Contacts.Count == 0 ? null : string.Join(words["Moment.Comma"], project.Contacts.GroupBy(contact => contact.Waits ? "waits" : contact.Status).Select(same => $"{written.Word("ContactStatus", same.Key)} {same.Count()}"))),
        Line("standing", "Project.Standing", project.Standing == "active" ? null : $"{written.Word("Standing", project.Standing)} {project.StandingReason}"),
        Line("due", "Project.Due", project.Deadline is not { } due ? null : due.OverdueDays > 0 ? words["Due.Overdue", due.OverdueDays].Value : written.Date(due.DueOn)),
        Line("owner", "Project.Owner", project.Owner),
        Line("investor", "Project.Investor", project.Investor),
        Line("industry", "Project.Industry", written.Word("Industry", project.Industry)),
        Line("expectedInvestment", "Project.ExpectedInvestment", project.ExpectedInvestment),
        Line("plannedInvestment", "Project.Planned", project.Details.PlannedInvestment),
        Line("fixedAssets", "Project.FixedAssets", project.Details.FixedAssets),
        Line("industryCode", "Project.IndustryCode", project.Details.IndustryCode),
        Line("origin", "Project.Origin", project.Details.Origin is { } origin ? $"{written.Word("Origin", origin)} {project.Details.Country}".Trim() : null),
        Line("creditCode", "Project.CreditCode", project.Details.CreditCode),
        Line("channel", "Project.Channel", project.Details.Channel),
        Line("introducer", "Project.Introducer", project.Details.Introducer),
        Line("block", "Project.Block", project.Details.Block is { } block ? written.Block(block) : null),
        Line("tags", "Project.Tags", project.Details.Tags),
        // Under the names of today; what stands in them is of then.
        .. own.Items.Select(field => new MomentLine(field.Key, field.Name, project.Fields.TryGetValue(field.Id, out var value) ? written.Value(field, value) : null)),
        Line("lastFollowUp", "Project.LastFollowUp", project.LastFollowUp?.Text),
        Line("department", "Moment.Department", project.Department is { } department ? written.Department(department) : null),
        Line("sharedWith", "Project.SharedWith", project.SharedWith is { Count: > 0 } departments ? string.Join(words["Moment.Comma"], departments.Select(written.Department)) : null),
    ]);

    private Moment Of(Enterprise enterprise, IReadOnlyList<string> linked) => new(enterprise.Name,
    [
        Line("name", "Enterprises.Name", enterprise.Name),
        Line("aliases", "Enterprise.Aliases", Joined(enterprise.Aliases)),
        Line("creditCode", "Enterprises.CreditCode", enterprise.CreditCode),
        Line("registeredOn", "Enterprises.RegisteredOn", written.Date(enterprise.RegisteredOn)),
        Line("registeredCapital", "Enterprises.Capital", enterprise.RegisteredCapital),
        Line("industry", "Project.Industry", written.Word("Industry", enterprise.Industry)),
        Line("chain", "Enterprises.Role", enterprise.ChainRole is { } role ? $"{enterprise.Chain} · {written.Word("ChainRole", role)}" : null),
        Line("projects", "Projects.Title", Joined(linked)),
        Line("designations", "Enterprises.Designation", Joined(enterprise.Designations.Select(each =>
            $"{written.Word("Designation", each.Kind)} {each.Number} {written.Date(each.GrantedOn)} – {written.Date(each.ExpiresOn)}{(each.WithdrawnBecause is { } because ? $" ({words["Enterprise.withdraw-designation"]}: {because})" : "")}"))),
        Line("carrier", "Enterprise.Carrier", Joined(enterprise.Stays.Select(stay =>
            $"{stay.Carrier} · {written.Word("CarrierLevel", stay.Level)} {written.Date(stay.AdmittedOn)} – {(stay.GraduatedOn is { } graduated ? written.Date(graduated) : "")}"))),
        Line("listing", "Enterprise.Board", enterprise.Listing is { } listing
            ? $"{written.Word("Board", listing.Board)} {listing.Code} {written.Date(listing.ListedOn)}{(listing.EndedOn is { } ended ? $" – {written.Date(ended)}" : "")}" : null),
        Line("left", "Enterprises.Left", enterprise.LeftOn is { } left ? $"{written.Date(left)} {enterprise.LeftBecause}" : null),
        Line("department", "Moment.Department", enterprise.Department is { } department ? written.Department(department) : null),
    ]);

    private Moment Of(CapitalEntry entry, IReadOnlyList<string> project) => new(words["Capital.Entry", written.Date(entry.ArrivedOn)],
    [
        Line("project", "Agreement.Project", project[0]),
        Line("arrivedOn", "Capital.ArrivedOn", written.Date(entry.ArrivedOn)),
        Line("yuan", "Capital.Amount", entry.Yuan),
        Line("amount", "Capital.Original", entry.Rate is { } rate ? $"{written.Exact(entry.Amount)} × {rate} {entry.RateSource}" : null),
        Line("fixedAssets", "Capital.FixedAssets", entry.FixedAssets.Value == 0 ? null : entry.FixedAssets),
        Line("evidence", "Capital.Evidence", $"{written.Word("Evidence", entry.Evidence)} {entry.EvidenceNumber}"),
        Line("status", "Capital.Status", written.Word("Capital.Status", entry.Status)),
        Line("statusReason", "Capital.StatusReason", entry.StatusReason),
        Line("loggedBy", "Agreements.LoggedBy", entry.LoggedBy),
        Line("confirmedBy", "Capital.ConfirmedBy", entry.ConfirmedBy),
        Line("department", "Moment.Department", entry.Department is { } department ? written.Department(department) : null),
    ]);

    private Moment Of(Obligation obligation) => new($"{written.Word("Obligation", obligation.Kind)} · {obligation.AgreementNumber}",
    [
        Line("kind", "Obligations.Kind", written.Word("Obligation", obligation.Kind)),
        Line("amount", "Capital.Amount", obligation.Amount),
        Line("text", "Obligations.Clause", obligation.Text),
        Line("agreement", "Agreement.Number", obligation.AgreementNumber),
        Line("project", "Agreement.Project", obligation.ProjectName),
        Line("dueOn", "Obligations.DueOn", written.Date(obligation.DueOn)),
        Line("extensions", "Obligations.Extensions", obligation.Extensions == 0 ? null : words["Obligations.Extended", obligation.Extensions].Value),
        Line("status", "Obligations.Status", written.Word("ObligationStatus", obligation.Status)),
        Line("overdue", "ObligationDue.overdue", obligation.OverdueDays == 0 ? null : words[obligation.FulfilledOn is null ? "Obligations.Overdue" : "Obligations.Late", obligation.OverdueDays].Value),
        Line("fulfilledOn", "Obligations.On", obligation.FulfilledOn is { } on ? $"{written.Date(on)} {written.Word("Fulfilment", obligation.FulfilledBy ?? "")} {obligation.Evidence}".Trim() : null),
        Line("department", "Moment.Department", obligation.Department is { } department ? written.Department(department) : null),
    ]);

    private string? Joined(IEnumerable<string> parts) => string.Join(words["Moment.Comma"], parts) is { Length: > 0 } text ? text : null;

    private MomentLine Line(string key, string label, string? value) => new(key, words[label], value);

    private MomentLine Line(string key, string label, Money? amount) =>
        new(key, words[label], amount is null ? null : written.Amount(amount), amount is null ? null : written.Exact(amount));
}
