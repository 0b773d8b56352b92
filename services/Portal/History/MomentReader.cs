using Luodi.Contracts;
using Luodi.Portal.Figures;
using Luodi.Portal.Language;
using Luodi.Portal.Services;
using Microsoft.Extensions.Localization;

namespace Luodi.Portal.History;

/// <summary>Reads a record's history and the record after any of its events.</summary>
public sealed class MomentReader(SigningsClient signings, ProjectsClient projects, Written written, IStringLocalizer<Words> words)
{
    public Task<Answer<RecordHistory>> History(string kind, Guid id, CancellationToken ct) =>
        kind == RecordKind.Agreement ? signings.History(id, ct) : projects.History(id, ct);

    public async Task<Answer<Moment>> At(string kind, Guid id, long version, CancellationToken ct)
    {
        if (kind == RecordKind.Agreement)
        {
            var paper = await signings.AgreementAt(id, version, ct);
            return new(paper.Value is { } agreement ? Of(agreement) : null, paper.Silence);
        }
        var fields = projects.Fields(ct);
        var answer = await projects.ProjectAt(id, version, ct);
        var own = (await fields).Value ?? OwnFields.None;
        return new(answer.Value is { } project ? Of(project, own) : null, answer.Silence);
    }

    private Moment Of(Agreement agreement) => new(words["Agreement.Title", agreement.Number],
    [
        Line("number", "Agreement.Number", agreement.Number),
        Line("tier", "Agreement.Tier", written.Word("Tier", agreement.Tier)),
        Line("amount", "Agreement.Amount", agreement.Amount),
        Line("proposed", "Agreement.Proposed", agreement.Proposed),
        Line("status", "Agreements.Status", written.Word("Status", agreement.Status)),
        Line("waiting", "Moment.Waiting", agreement.Waiting is { } waiting ? written.Word("Waiting", waiting) : null),
        Line("signedOn", "Agreement.SignedOn", agreement.SignedOn is { } day ? written.Date(day) : null),
        Line("conditions", "Conditions.Open", agreement.OpenConditions > 0 ? agreement.OpenConditions.ToString(System.Globalization.CultureInfo.InvariantCulture) : null),
        Line("counterparty", "Agreement.Counterparty", agreement.Counterparty),
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

    private MomentLine Line(string key, string label, string? value) => new(key, words[label], value);

    private MomentLine Line(string key, string label, Money? amount) =>
        new(key, words[label], amount is null ? null : written.Amount(amount), amount is null ? null : written.Exact(amount));
}
