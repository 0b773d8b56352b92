using System.Globalization;
using System.Text.Json;
using Luodi.Contracts;
using Luodi.Ledger;
using Luodi.Reporting.Journal;
using Luodi.ServiceDefaults;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;
using Npgsql;

namespace Luodi.Reporting.Rollups;

/// <summary>A figure, and which events explain it: what Audit makes an evidence pack of.</summary>
/// <param name="Figure">As the pack's manifest has it.</param>
/// <param name="Subjects">All events about these agreements.</param>
/// <param name="Types">All events of these types, whatever agreement they are about: without them nobody could tell that none is left out.</param>
/// <param name="UpTo">The last event of each source that is in the ledger at the figure's position.</param>
/// <param name="Position">Of the ledger.</param>
public sealed record FigureEvidence(JsonElement Figure, IReadOnlyList<Guid> Subjects, IReadOnlyList<string> Types, IReadOnlyDictionary<string, long> UpTo, long Position);

public static class ExplainFigureFeature
{
    public sealed record FigureNotExplained(string Name) : Refusal("Evidence is given of figures of agreed investment, of one status and one tier; of a ceremony, industries, size bands, months and effective days. {Name} is no part of that.", Name);

    public static void MapExplainFigure(this IEndpointRouteBuilder api) => api
        .MapGet("postings/evidence", async ([AsParameters] PostingFilter asked, ServiceIdentity service, Standpoints standpoints, Figures figures, IQuerySession session, NpgsqlDataSource store, CancellationToken ct) =>
        {
            if (Refused(asked) is { Count: > 0 } wrong) return Problems.Of(wrong);
            var (at, filter) = await standpoints.Take(asked with { Measure = Measures.AgreedInvestment }, ct);
            var cells = await figures.Read(filter, ct);
            var sum = cells.Sum(_ => true);
            var question = new FigureQuestion(filter.Measure!, filter.Tier!, filter.Status!, filter.Ceremony, filter.Industry, filter.SizeBand, filter.Month, filter.EffectiveFrom, filter.EffectiveBy);
            var position = await Sources(service, store, at.Position, ct);
            var answer = FigureAnswer.Of(sum.Signings, sum.Amount, cells.Sum(cell => SizeBands.AtLeast100Million.Contains(cell.SizeBand)).Signings);
            var figure = new ExplainedFigure(question, position, answer, AgreementFigures.Definition);
            return Results.Ok(new FigureEvidence(figure.ToJson(), filter.Ceremony is { } ceremony ? await Agreements(session, ceremony, ct) : [], filter.Ceremony is null ? AgreementFigures.Types : [AgreementFigures.Draft], position, at.Position));
        })
        .WithTags("Rollups")
        .WithSummary("A figure of agreed investment as an evidence pack explains it, at a position of each source, and which events the pack needs")
        .Produces<FigureEvidence>()
        .RequireAuthorization(Policies.Administration);

    /// <summary>What cannot be explained is refused by its name.</summary>
    public static IReadOnlyList<Refusal> Refused(PostingFilter asked)
    {
        var known = new PostingFilter(
            asked.Ceremony, Industry: asked.Industry, SizeBand: asked.SizeBand, Month: asked.Month, Status: asked.Status, Position: asked.Position, KnownAt: asked.KnownAt,
            EffectiveBy: asked.EffectiveBy, EffectiveFrom: asked.EffectiveFrom, Tier: asked.Tier, Measure: asked.Measure, Currency: asked.Currency);
        return Check.All(
            asked.Status is null ? new Missing("status") : asked.Status is not (PostingStatus.Confirmed or PostingStatus.Pending) ? new ReadRollupFeature.StatusUnknown() : null,
            asked.Tier is null ? new Missing("tier") : Tiers.All.Contains(asked.Tier) ? null : new FigureNotExplained("tier"),
            asked.Measure is null or Measures.AgreedInvestment ? null : new FigureNotExplained("measure"),
            asked.Currency is null or PostingFilter.Yuan ? null : new FigureNotExplained("currency"),
            asked.Month is { } months && months.Split(',').Any(month => !DateOnly.TryParseExact($"{month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) ? new FigureNotExplained("month") : null,
            // As a link has it: whatever else it asks for.
            known == asked ? null : new FigureNotExplained("query"));
    }

    private static async Task<IReadOnlyList<Guid>> Agreements(IQuerySession session, Guid ceremony, CancellationToken ct)
    {
        var chains = (await session.Query<AgreementAccount>().Where(account => account.CeremonyId == ceremony).Select(account => account.Chain).ToListAsync(ct)).Distinct().ToArray();
        return chains.Length == 0 ? [] : [.. (await session.Query<AgreementAccount>().Where(account => account.Chain.IsOneOf(chains)).Select(account => account.Id).ToListAsync(ct)).Order()];
    }

    /// <summary>The last event of each source that has a posting up to there; what came after it and moves no figure is no part of it.</summary>
    private static async Task<IReadOnlyDictionary<string, long>> Sources(ServiceIdentity service, NpgsqlDataSource store, long position, CancellationToken ct)
    {
        var sources = new SortedDictionary<string, long>(StringComparer.Ordinal);
        // One of each in the order of its own places: the index gives the last one without reading those before.
        await using var command = store.CreateCommand("select s, (select sequence from reporting.posting where source = s and position <= $2 order by sequence desc limit 1) from unnest($1::text[]) s");
        command.Parameters.Add(new() { Value = EventJournal.Services.Select(service.SourceOf).ToArray() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            if (!row.IsDBNull(1)) sources[row.GetString(0)] = row.GetInt64(1);
        }
        return sources;
    }
}
