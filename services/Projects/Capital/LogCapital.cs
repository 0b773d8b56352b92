using System.Text.RegularExpressions;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Capital;

/// <param name="Amount">In the currency in which it arrived.</param>
/// <param name="FixedAssets">The part of it in fixed assets, in the same currency; none where it is left out.</param>
/// <param name="Rate">Yuan for one unit of a foreign currency on the day of arrival.</param>
/// <param name="RateSource">Who quoted it.</param>
/// <param name="EvidenceNumber">The number of the paper.</param>
public sealed record LogCapital(Guid? ProjectId, DateOnly? ArrivedOn, Money? Amount, Money? FixedAssets, decimal? Rate, string? RateSource, string? Evidence, string? EvidenceNumber, bool Illustrative = false);

public static partial class LogCapitalFeature
{
    private const int MostDecimalsOfRate = 6;
    private const decimal HighestRate = 1000;

    public sealed record CapitalWithoutProject() : Refusal("There is no such project. Register it first.", "projectId");

    public sealed record ArrivedInFuture() : Refusal("This day has not come yet: log the capital when it has arrived.", "arrivedOn");

    public sealed record CurrencyMalformed() : Refusal("A currency is three capital letters (ISO 4217), such as USD.", "amount");

    public sealed record RateMissing() : Refusal("A foreign amount needs the rate of its day of arrival.", "rate");

    public sealed record RateNotNeeded() : Refusal("Yuan need no rate.", "rate");

    public sealed record RateImplausible() : Refusal("A rate is above 0 and at most 1000 yuan for one unit, with at most 6 decimals.", "rate");

    public sealed record PartsExceedTheWhole() : Refusal("The fixed assets are a part of the amount, in its currency: they cannot be more.", "fixedAssets");

    public sealed record EvidenceUnknown() : Refusal("The evidence is one of capital-verification-report, bank-slip, equipment-list.", "evidence");

    public sealed record CountedAlready(string Number) : Refusal("This paper ({Number}) has been logged already: the same money counts once.", "evidenceNumber")
    {
        public override int Status => 409;
    }

    public static void MapLogCapital(this IEndpointRouteBuilder capital) => capital
        .MapPost("", (LogCapital command, Deciding<CapitalEntry> entry, ProjectReader projects, TimeProvider clock, CancellationToken ct) =>
            entry.Start(async (id, _) => Decide(id, command, command.ProjectId is { } project ? await projects.Find(project, ct) : null, entry.Acting.Department, clock.Today()), ct))
        .WithSummary("Logs capital in place, with its evidence; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, LogCapital command, Project? project, string? department, DateOnly today)
    {
        var foreign = command.Amount is { Currency: not "CNY" };
        // The amount in yuan is held against the limits of amounts, the foreign one against their form.
        var wrong = Check.All(
            Fields.Present(command.ProjectId, "projectId") ?? (project is null ? new CapitalWithoutProject() : null),
            Fields.Date(command.ArrivedOn, "arrivedOn") ?? (command.ArrivedOn > today ? new ArrivedInFuture() : null),
            foreign && !Currency().IsMatch($"{command.Amount!.Currency}") ? new CurrencyMalformed() : Fields.Amount(command.Amount is { } amount ? Money.Yuan(amount.Value) : null, "amount"),
            command.FixedAssets is not { } part ? null
                : part.Value == 0 ? null
                : Fields.Amount(Money.Yuan(part.Value), "fixedAssets") ?? (command.Amount is { } whole && (part.Currency != whole.Currency || part.Value > whole.Value) ? new PartsExceedTheWhole() : null),
            foreign && command.Rate is null ? new RateMissing() : !foreign && command.Rate is not null ? new RateNotNeeded()
                : command.Rate is { } rate && (rate is <= 0 or > HighestRate || decimal.Round(rate, MostDecimalsOfRate) != rate) ? new RateImplausible() : null,
            foreign ? Fields.Text(command.RateSource, "rateSource") : null,
            command.Evidence is null ? new Missing("evidence") : CapitalEvidence.All.Contains(command.Evidence) ? null : new EvidenceUnknown(),
            Fields.Text(command.EvidenceNumber, "evidenceNumber"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        if (project is IStandAside { Aside: { } aside }) return aside;
        var (arrived, number) = (command.Amount!, command.EvidenceNumber!.Trim());
        var yuan = Money.Yuan(decimal.Round(arrived.Value * (command.Rate ?? 1), 2, MidpointRounding.AwayFromZero));
        if (Fields.Amount(yuan, "amount") is { } implausible) return implausible;
        return Decision
            .Accept(new CapitalLogged(
                id, project!.Id, command.ArrivedOn!.Value, arrived, command.FixedAssets ?? new Money(0, arrived.Currency), command.Rate, foreign ? command.RateSource!.Trim() : null, yuan,
                command.Evidence!, number, command.Illustrative || project.Illustrative, department))
            .Effective(command.ArrivedOn.Value)
            .Reserving(CountedOnce(project.Id, command.Evidence!, number), new CountedAlready(number));
    }

    internal static string CountedOnce(Guid project, string evidence, string number) => $"capital {project} {evidence} {number}";

    [GeneratedRegex("^[A-Z]{3}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Currency();
}
