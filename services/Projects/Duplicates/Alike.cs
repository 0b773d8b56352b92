using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;
using Npgsql;

namespace Luodi.Projects.Duplicates;

/// <summary>A record that may be the one that somebody is about to enter.</summary>
/// <param name="Id">Null, as its name and investor are, where it is another department's that the reader does not see.</param>
/// <param name="Department">Whose it is.</param>
/// <param name="NameLikeness">Of the names, and of all names that it was known by: 0 to 1.</param>
/// <param name="InvestorLikeness">Of the investors' names, 0 to 1.</param>
/// <param name="SameCreditCode">The investor has the same unified social credit code.</param>
/// <param name="Confidence">0 to 1, 2 decimals: <see cref="Alike.ConfidenceOf"/>.</param>
public sealed record Candidate(
    Guid? Id, string? Name, string? Investor, string? Stage, string? Department, decimal NameLikeness, decimal InvestorLikeness, bool SameCreditCode, decimal Confidence);

/// <summary>
/// Likeness of project records by trigrams (PostgreSQL's pg_trgm, which counts Chinese characters as letters). A record that another one stands for
/// is found as that one: its name is a name by which the project was known.
/// </summary>
public sealed class Alike(NpgsqlDataSource database, Sight sight)
{
    /// <summary>From here on a person has to say whether it is the same.</summary>
    public const decimal Sure = 0.75m;

    /// <summary>Below nobody is asked.</summary>
    public const decimal Worth = 0.5m;

    private const int Limit = 8;

    internal const string NameIndex = "project_name_trigrams";

    /// <summary>The statement that makes the extension and the indexes; Marten is told to leave these alone.</summary>
    internal static readonly string Indexes = $"""
        create extension if not exists pg_trgm;
        create index if not exists {NameIndex} on projects.mt_doc_project using gin (({Telling("data->>'name'")}) gin_trgm_ops)
        """;

    // What every name has tells none apart.
    private static string Telling(string name) => $"regexp_replace({name}, '项目|基地|产业园|有限责任公司|股份有限公司|有限公司|集团|公司|\\s', '', 'g')";

    // Names that differ in their numbers alone (一期 and 二期, A1 and A2) are mostly different projects.
    private static string Numbers(string name) => $"regexp_replace({name}, '[^0-9一二三四五六七八九十]', '', 'g')";

    private static readonly string Statement = $"""
        with named as (
          select d.id, coalesce((d.data->>'mergedInto')::uuid, d.id) as project, similarity({Telling("d.data->>'name'")}, {Telling("$1")}) as name, similarity({Telling("d.data->>'investor'")}, {Telling("$2")}) as investor,
            {Numbers("d.data->>'name'")} = {Numbers("$1")} as numbers,
            $3 <> '' and d.data->'details'->>'creditCode' = $3 as code
          from projects.mt_doc_project d where {Telling("d.data->>'name'")} % {Telling("$1")} or ($3 <> '' and d.data->'details'->>'creditCode' = $3)),
        best as (select distinct on (project) * from named order by project, code desc, name desc)
        select p.id, p.data->>'name', p.data->>'investor', p.data->>'stage', p.data->>'department', coalesce((select array_agg(s) from jsonb_array_elements_text(p.data->'sharedWith') s), array[]::text[]),
          b.name, b.investor, b.numbers, b.code
        from best b join projects.mt_doc_project p on p.id = b.project where p.id <> $4 order by b.code desc, b.name desc, p.id limit 50
        """;

    /// <param name="except">A record that is not its own double.</param>
    public async Task<IReadOnlyList<Candidate>> Find(string name, string? investor, string? creditCode, Guid? except, CancellationToken ct)
    {
        // What no name can be is like none.
        if (Fields.Text(name, "name") is not null || $"{investor}{creditCode}".Contains('\0', StringComparison.Ordinal)) return [];
        await using var command = database.CreateCommand(Statement);
        foreach (object value in (object[])[name.Trim(), investor?.Trim() ?? "", creditCode?.Trim().ToUpperInvariant() ?? "", except ?? Guid.Empty]) command.Parameters.Add(new() { Value = value });
        var found = new List<Candidate>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var department = reader.IsDBNull(4) ? null : reader.GetString(4);
            var seen = sight.Sees(department, reader.GetFieldValue<string[]>(5));
            var (likeName, likeInvestor, code) = (Rounded(reader.GetFloat(6)), Rounded(reader.GetFloat(7)), reader.GetBoolean(9));
            found.Add(new(
                seen ? reader.GetGuid(0) : null, seen ? reader.GetString(1) : null, seen ? reader.GetString(2) : null, seen ? reader.GetString(3) : null, department,
                likeName, likeInvestor, code, ConfidenceOf(likeName, likeInvestor, reader.GetBoolean(8), code)));
        }
        return [.. found.Where(each => each.Confidence >= Worth).OrderByDescending(each => each.Confidence).Take(Limit)];
    }

    /// <summary>A credit code decides; else 0.7 × the names' likeness + 0.3 × the investors', of which 0.7 where the numbers in the names differ.</summary>
    public static decimal ConfidenceOf(decimal name, decimal investor, bool sameNumbers, bool sameCode) =>
        sameCode ? 1 : decimal.Round(((0.7m * name) + (0.3m * investor)) * (sameNumbers ? 1 : 0.7m), 2, MidpointRounding.AwayFromZero);

    private static decimal Rounded(float likeness) => decimal.Round((decimal)likeness, 2, MidpointRounding.AwayFromZero);
}

public static class FindAlikeFeature
{
    public static void MapFindAlike(this IEndpointRouteBuilder projects) => projects
        .MapGet("alike", async (Alike alike, CancellationToken ct, string? name = null, string? investor = null, string? creditCode = null, Guid? except = null) =>
            new { items = await alike.Find(name ?? "", investor, creditCode, except, ct) })
        .WithSummary("Records that may be the same project: why each, and with what confidence")
        .RequireAuthorization(Policies.Read);
}
