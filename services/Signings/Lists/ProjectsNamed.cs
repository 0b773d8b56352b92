using Luodi.ServiceDefaults.Lists;
using Npgsql;

namespace Luodi.Signings.Lists;

/// <summary>The projects in whose names the words of a search stand.</summary>
public sealed class ProjectsNamed(NpgsqlDataSource database)
{
    /// <summary>So many that their agreements are looked up one by one.</summary>
    internal const int Few = 1_000;

    /// <summary>For each word at most one more than <see cref="Few"/>.</summary>
    public async Task<ILookup<string, Guid>> Find(string? words, CancellationToken ct)
    {
        var found = new List<(string Word, Guid Id)>();
        foreach (var word in Conditions.Words(words).Distinct(StringComparer.Ordinal))
        {
            var naming = new Conditions().AndFinds(word, "signings", ["d.data->>'name'"]);
            await using var command = database.CreateCommand($"select d.id from signings.mt_doc_knownproject d where {naming.Text} limit {Few + 1}");
            naming.BindTo(command.Parameters);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) found.Add((word, reader.GetGuid(0)));
        }
        return found.ToLookup(each => each.Word, each => each.Id, StringComparer.Ordinal);
    }
}
