using System.Globalization;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Projects.CustomFields;
using Luodi.Projects.Duplicates;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Leads;

/// <param name="ExpectedInvestment">What the investor speaks of, if anything yet.</param>
/// <param name="Illustrative">Made up to show the system.</param>
/// <param name="Another">Why it is none of the records that look like it; asked for where there are any.</param>
/// <param name="Fields">Values of the bureau's own fields, as <see cref="FillFields"/> takes them; of those that are required none is left out.</param>
public sealed record RegisterLead(
    string? Name, string? Industry, string? Investor, Money? ExpectedInvestment, bool Illustrative = false, string? Another = null, IReadOnlyDictionary<Guid, string?>? Fields = null);

public static class RegisterLeadFeature
{
    /// <param name="Alike">Which, and how sure it looks.</param>
    public sealed record LooksLikeAnother(string Alike) : Refusal("There is a record like it: {Alike}. If it is the same, log there; if not, say why it is another project.", "another")
    {
        public override int Status => 409;
    }

    public static void MapRegisterLead(this IEndpointRouteBuilder projects) => projects
        .MapPost("", (RegisterLead command, Deciding<Project> project, Alike alike, CancellationToken ct) =>
            project.Start(async (id, facts) => Decide(
                id, command, project.Acting.Department, await alike.Find(command.Name ?? "", command.Investor, null, null, ct), await facts.Load<FieldBook>(FieldBook.Only) ?? FieldBook.Empty), ct))
        .WithSummary("Registers a lead; where records look like it, with the reason why it is another project")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, RegisterLead command, string? department, IReadOnlyList<Candidate> alike, FieldBook? fields = null)
    {
        fields ??= FieldBook.Empty;
        var given = new Dictionary<Guid, string?>(command.Fields ?? new Dictionary<Guid, string?>());
        foreach (var asked in fields.Fields.Where(each => each is { Required: true, Retired: false })) given.TryAdd(asked.Id, null);
        var (filled, amiss) = FillFieldsFeature.Fill(id, fields, given, new Dictionary<Guid, string>());
        var wrong = Check.All([
            Fields.Text(command.Name, "name"),
            Fields.Industry(command.Industry),
            Fields.Text(command.Investor, "investor"),
            command.ExpectedInvestment is null ? null : Fields.Amount(command.ExpectedInvestment, "expectedInvestment"),
            command.Another is { Length: > 0 } ? Fields.Text(command.Another, "another") : null,
            .. amiss]);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var sure = alike.Where(each => each.Confidence >= Alike.Sure).ToList();
        var another = string.IsNullOrWhiteSpace(command.Another) ? null : command.Another.Trim();
        return sure.Count > 0 && another is null
            ? new LooksLikeAnother(string.Join("; ", sure.Select(Told)))
            : Decision.Accept([new LeadRegistered(id, command.Name!.Trim(), command.Industry!, command.Investor!.Trim(), command.ExpectedInvestment, command.Illustrative, department), .. filled]).Because(another);
    }

    private static string Told(Candidate candidate) =>
        string.Create(CultureInfo.InvariantCulture, $"{candidate.Name ?? $"({candidate.Department})"}{(candidate.Investor is { } investor ? $", {investor}" : "")} ({candidate.Confidence:0%})");
}
