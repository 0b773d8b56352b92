using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;

namespace Luodi.Funds.Figures;

/// <summary>What a figure means.</summary>
/// <param name="Figure">As it is called in <see cref="NetPerformance"/> and <see cref="GrossPerformance"/>.</param>
/// <param name="Version">A changed meaning has a new one.</param>
public sealed record FigureDefinition(string Figure, int Version, string Formula, string Rounding, string Source);

/// <summary>The figures of a fund on a day, with what they mean. Amounts are in its currency.</summary>
/// <param name="Version">The event of the fund after which they were known.</param>
public sealed record FundFigures(Guid FundId, long Version, DateOnly On, string Currency, NetPerformance Net, GrossPerformance Gross, IReadOnlyList<FigureDefinition> Definitions);

public static class ReadFiguresFeature
{
    private const string Ratio = "four decimals, half up";
    private const string Percentage = "eight decimals of the fraction, half to even";
    private const string Gips = "GIPS 2020";
    private const string Ilpa = "ILPA, Enhancing Transparency Around Subscription Lines of Credit, 2020";

    public sealed record CustomUnknown() : Refusal("The custom is one of raises-unfunded, net-of-distributions, net-of-paid-in.", "custom")
    {
        public override int Status => 400;
    }

    public static IReadOnlyList<FigureDefinition> Definitions { get; } =
    [
        new("paidInRatio", 1, "paid in / committed", Ratio, Gips),
        new("dpi", 1, "distributed / paid in; gross: exits and income from deals / disbursed", Ratio, Gips),
        new("rvpi", 1, "net asset value after accrued carried interest / paid in; gross: fair value of deals / disbursed", Ratio, Gips),
        new("tvpi", 1, "(distributed + net asset value) / paid in, rounded after adding", Ratio, Gips),
        new("irr", 1, "every r with the sum of amounts · (1 + r)^(−days / 365) = 0 over the days on which partners paid and were paid, and the net asset value on the last day; within a year the rate of the period", Percentage, Gips),
        new("irrWithoutLine", 1, "irr, as if capital had been called on the days on which the fund needed it", Percentage, Ilpa),
    ];

    public static void MapReadFigures(this IEndpointRouteBuilder funds) => funds
        .MapGet("{id:guid}/figures", async (
            Guid id, HttpContext http, FundBooks books, TimeProvider clock, CancellationToken ct, DateOnly? on = null, long? version = null, DateTimeOffset? knownAt = null, string? custom = null) =>
        {
            var (day, by) = (on ?? clock.Today(), custom ?? RecallCustoms.RaisesUnfunded);
            return Wrong(day, by, clock.Today()) is { Count: > 0 } wrong ? Problems.Of(wrong)
                : http.Answer(await books.Find(id, version, knownAt, ct) is { } book ? Of(book, day, by) : null, figures => figures.Version);
        })
        .WithSummary("Multiples and internal rates of a fund on a day, net and gross, with and without its subscription line: now, as after one of its events, or as known at an instant")
        .Produces<FundFigures>()
        .RequireAuthorization(Policies.Read);

    public static FundFigures Of(FundBook book, DateOnly on, string custom) => new(
        book.Fund.Id, book.Fund.Version, on, book.Fund.Currency,
        Performance.Net(book.Flows, book.Commitments, book.At(on), custom, book.Carry), Performance.Gross(book.Flows, book.At(on)), Definitions);

    public static IReadOnlyList<Refusal> Wrong(DateOnly on, string custom, DateOnly today) => Check.All(
        Fields.Date(on, "on") ?? (on > today ? new FiguresOfTomorrow("on") : null),
        RecallCustoms.All.Contains(custom) ? null : new CustomUnknown());
}
