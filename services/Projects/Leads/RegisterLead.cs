using System.Globalization;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Projects.Duplicates;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Leads;

/// <param name="ExpectedInvestment">What the investor speaks of, if anything yet.</param>
/// <param name="Illustrative">Made up to show the system.</param>
/// <param name="Another">Why it is none of the records that look like it; asked for where there are any.</param>
public sealed record RegisterLead(string? Name, string? Industry, string? Investor, Money? ExpectedInvestment, bool Illustrative = false, string? Another = null);

public static class RegisterLeadFeature
{
    /// <param name="Alike">Which, and how sure it looks.</param>
    public sealed record LooksLikeAnother(string Alike) : Refusal("There is a record like it: {Alike}. If it is the same, log there; if not, say why it is another project.", "another")
    {
        public override int Status => 409;
    }

    public static void MapRegisterLead(this IEndpointRouteBuilder projects) => projects
        .MapPost("", (RegisterLead command, Deciding<Project> project, Alike alike, CancellationToken ct) =>
            project.Start(async (id, _) => Decide(id, command, project.Acting.Department, await alike.Find(command.Name ?? "", command.Investor, null, null, ct)), ct))
        .WithSummary("Registers a lead; where records look like it, with the reason why it is another project")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, RegisterLead command, string? department, IReadOnlyList<Candidate> alike)
    {
        var wrong = Check.All(
            Fields.Text(command.Name, "name"),
            Fields.Industry(command.Industry),
            Fields.Text(command.Investor, "investor"),
            command.ExpectedInvestment is null ? null : Fields.Amount(command.ExpectedInvestment, "expectedInvestment"),
            command.Another is { Length: > 0 } ? Fields.Text(command.Another, "another") : null);
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var sure = alike.Where(each => each.Confidence >= Alike.Sure).ToList();
        var another = string.IsNullOrWhiteSpace(command.Another) ? null : command.Another.Trim();
        return sure.Count > 0 && another is null
            ? new LooksLikeAnother(string.Join("; ", sure.Select(Told)))
            : Decision.Accept(new LeadRegistered(id, command.Name!.Trim(), command.Industry!, command.Investor!.Trim(), command.ExpectedInvestment, command.Illustrative, department)).Because(another);
    }

    private static string Told(Candidate candidate) =>
        string.Create(CultureInfo.InvariantCulture, $"{candidate.Name ?? $"({candidate.Department})"}{(candidate.Investor is { } investor ? $", {investor}" : "")} ({candidate.Confidence:0%})");
}
