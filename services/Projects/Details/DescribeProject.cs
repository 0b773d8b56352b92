using System.Text.RegularExpressions;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Details;

/// <summary>What is known of a project beyond its name; null where nothing is. Units and codes as in <see cref="ProjectDescribed"/>.</summary>
public sealed record ProjectDetails(
    Money? PlannedInvestment = null, Money? FixedAssets = null, string? IndustryCode = null, string? Origin = null, string? Country = null, string? CreditCode = null,
    string? Channel = null, string? Introducer = null, string? Block = null, string? Tags = null)
{
    internal static ProjectDetails Of(ProjectDescribed e) =>
        new(e.PlannedInvestment, e.FixedAssets, e.IndustryCode, e.Origin, e.Country, e.CreditCode, e.Channel, e.Introducer, e.Block, e.Tags);
}

public static partial class DescribeProjectFeature
{
    public sealed record PartAboveWhole() : Refusal("The fixed assets are a part of the planned investment: they cannot be more.", "fixedAssets");

    public sealed record IndustryCodeMalformed() : Refusal("A code of GB/T 4754 is a letter from A to T and two to four digits, such as C3973.", "industryCode");

    public sealed record OriginUnknown() : Refusal("The origin is one of province, outside-province, foreign.", "origin");

    public sealed record CountryMalformed() : Refusal("A country is two capital letters (ISO 3166), such as DE.", "country");

    public sealed record CountryNeedsForeign() : Refusal("Only a foreign investor has a country.", "country");

    public static void MapDescribeProject(this IEndpointRouteBuilder projects) => projects
        .MapPost("{id:guid}/describe", (Guid id, ProjectDetails command, Deciding<Project> project, CancellationToken ct) =>
            project.Decide(id, state => Decide(state, command), ct))
        .WithSummary("What is known of the project, all of it: what is left out is not known")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Project project, ProjectDetails command)
    {
        var details = Tidied(command);
        var wrong = Check.All(
            details.PlannedInvestment is { } planned ? Fields.Amount(planned, "plannedInvestment") : null,
            details.FixedAssets is { } part
                ? Fields.Amount(part, "fixedAssets") ?? (details.PlannedInvestment is { } whole && part.Value > whole.Value ? new PartAboveWhole() : null)
                : null,
            details.IndustryCode is { } code && !IndustryCode().IsMatch(code) ? new IndustryCodeMalformed() : null,
            details.Origin is { } origin && !Origins.All.Contains(origin) ? new OriginUnknown() : null,
            details.Country is not { } country ? null : details.Origin is not Origins.Foreign ? new CountryNeedsForeign() : Country().IsMatch(country) ? null : new CountryMalformed(),
            Optional(details.CreditCode, "creditCode"), Optional(details.Channel, "channel"), Optional(details.Introducer, "introducer"), Optional(details.Block, "block"), Optional(details.Tags, "tags"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return details == project.Details
            ? Decision.Accept()
            : Decision.Accept(new ProjectDescribed(
                project.Id, details.PlannedInvestment, details.FixedAssets, details.IndustryCode, details.Origin, details.Country, details.CreditCode, details.Channel, details.Introducer, details.Block, details.Tags));
    }

    private static ProjectDetails Tidied(ProjectDetails details) => details with
    {
        IndustryCode = Word(details.IndustryCode)?.ToUpperInvariant(),
        Origin = Word(details.Origin),
        Country = Word(details.Country)?.ToUpperInvariant(),
        CreditCode = Word(details.CreditCode)?.ToUpperInvariant(),
        Channel = Word(details.Channel),
        Introducer = Word(details.Introducer),
        Block = Word(details.Block),
        Tags = Word(details.Tags) is { } tags ? string.Join(' ', tags.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct()) : null,
    };

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static Refusal? Optional(string? text, string name) => text is null ? null : Fields.Text(text, name);

    [GeneratedRegex("^[A-T][0-9]{2,4}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex IndustryCode();

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Country();
}
