using Luodi.Contracts;
using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Funds.Reinvestment;

/// <param name="Firm">By the name on the paper.</param>
/// <param name="Way">own-spending, introduced-firm or headquarters-moved.</param>
/// <param name="Amount">What was spent or invested, taxes and fees included; of a headquarters what this fund has paid for it.</param>
/// <param name="TaxesAndFees">The part of it that is taxes and fees; none where it is left out.</param>
/// <param name="Evidence">The paper or file by its number.</param>
public sealed record LogReinvestment(string? Firm, string? Way, DateOnly? On, Money? Amount, Money? TaxesAndFees, string? Evidence);

public static class LogReinvestmentFeature
{
    public sealed record WayUnknown() : Refusal("The way is one of own-spending, introduced-firm, headquarters-moved.", "way");

    public sealed record NoReinvestmentRule() : Refusal("On this day no reinvestment is owed: there is no rule by which it could count.", "on");

    public sealed record WayNotCounted() : Refusal("The fund's rule of this day does not count it.", "way");

    public sealed record ReinvestmentDayNotCome() : Refusal("This day has not come yet: log it when it has happened.", "on");

    public sealed record TaxesExceedTheAmount() : Refusal("Taxes and fees are a part of the amount: they cannot be more.", "taxesAndFees");

    public sealed record ReinvestmentPaperCounted(string Number) : Refusal("This paper ({Number}) has been logged already: the same money counts once.", "evidence")
    {
        public override int Status => 409;
    }

    public static void MapLogReinvestment(this IEndpointRouteBuilder books) => books
        .MapPost("{id:guid}/cases", (Guid id, LogReinvestment command, Deciding<ReinvestmentBook> book, TimeProvider clock, CancellationToken ct) =>
            book.Decide(id, state => Decide(state, Guid.CreateVersion7(), command, clock.Today()), ct, StatusCodes.Status201Created))
        .WithSummary("Logs what may count as reinvestment, with its evidence; a second person confirms it")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(ReinvestmentBook book, Guid caseId, LogReinvestment command, DateOnly today)
    {
        var rule = command.On is { } day ? book.RuleOn(day) : null;
        var taxes = command.TaxesAndFees is { Value: not 0 } part ? part : Money.Yuan(0);
        var wrong = Check.All(
            Fields.Text(command.Firm, "firm"),
            command.Way is null ? new Missing("way") : !ReinvestmentWays.All.Contains(command.Way) ? new WayUnknown() : rule is not null && rule.Ways.All(way => way.Way != command.Way) ? new WayNotCounted() : null,
            Fields.Date(command.On, "on") ?? (command.On > today ? new ReinvestmentDayNotCome() : rule is null ? new NoReinvestmentRule() : null),
            Fields.Amount(command.Amount, "amount"),
            taxes.Value == 0 ? null : Fields.Amount(taxes, "taxesAndFees") ?? (command.Amount is { } whole && taxes.Value > whole.Value ? new TaxesExceedTheAmount() : null),
            Fields.Text(command.Evidence, "evidence"));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        var evidence = command.Evidence!.Trim();
        if (book.Cases.Any(each => each.Status is ReinvestmentStatus.Logged or ReinvestmentStatus.Recognised && each.Evidence == evidence)) return new ReinvestmentPaperCounted(evidence);
        return Decision
            .Accept(new ReinvestmentLogged(book.Id, caseId, rule!.Version, command.Firm!.Trim(), command.Way!, command.On!.Value, command.Amount!, taxes, evidence))
            .Effective(command.On.Value).Answering(new { id = caseId, caseId });
    }
}
