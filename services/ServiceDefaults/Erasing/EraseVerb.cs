using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Luodi.ServiceDefaults.Erasing;

/// <summary>Where the payload stands in a row of the service's events; at its root where nothing is said.</summary>
public sealed record PayloadWithin(string Path);

/// <summary>
/// <c>dotnet SERVICE.dll erase</c>: takes the texts whose erasure was approved out of all that this service keeps. Only the owner of the schema can, see <see cref="Rights"/>.
/// Each row is changed for itself and looked at again, so it may be cut off anywhere and run again, also while the service works.
/// </summary>
public sealed class EraseVerb(ServiceIdentity service, NpgsqlDataSource database, IHttpClientFactory clients, IEnumerable<PayloadWithin> within)
{
    public const string Name = "erase";

    private const string Audit = "audit";

    private const string Document = "mt_doc_";

    // Who read a record before its texts were gone and writes it after that, brings them back: no command takes this long.
    private static readonly TimeSpan UntilLookedAgain = TimeSpan.FromSeconds(3);

    /// <summary>Where events stand, and where in their rows the payload: a journal holds those of others, beside which a service may have events of its own.</summary>
    private readonly IReadOnlyList<(string Schema, string Payload)> _rows = [.. new[] { (service.Schema, within.SingleOrDefault()?.Path ?? ""), (service.Events, service.Events == service.Schema ? within.SingleOrDefault()?.Path ?? "" : "") }.Distinct()];

    /// <summary>Some are approved and not yet done everywhere.</summary>
    public bool Pending { get; private set; }

    private async Task Run(CancellationToken ct)
    {
        var audit = clients.CreateClient(ServiceClients.PatientOf(Audit));
        var erasures = (await audit.GetFromJsonAsync<Listed>("api/audit/erasures", WireJson.Options, ct))!.Items.Where(each => each.State is "approved" or "erased").ToList();
        Pending = erasures.Exists(each => each.State is "approved");
        await Do($"create table if not exists {service.Schema}.erased (event_id uuid primary key)", ct);
        var done = await Done(ct);
        var tasks = new List<(Erasure Erasure, string Subject, IReadOnlySet<string> Texts, IReadOnlySet<string> Ids)>();
        foreach (var erasure in erasures)
        {
            var entry = (await audit.GetFromJsonAsync<Entry>($"api/audit/entries/{erasure.EventId}", WireJson.Options, ct))!;
            await HeardThatFar(erasure, ct);
            // The log keeps the payload until all others are done: it says what is to be looked for.
            var texts = entry.Data is { } payload ? TextsOf(payload, erasure.Texts) : [];
            var subject = entry.Header.GetProperty("subject").GetString()!;
            var ids = new HashSet<string>(StringComparer.Ordinal) { subject };
            foreach (var (schema, path) in _rows)
            {
                if (await Row(schema, erasure, ct) is not { } own) continue;
                texts.UnionWith(TextsOf(own.Data, erasure.Texts.Select(text => Within(path, text))));
                ids.UnionWith(Erased.Texts(own.Data).Values.Where(text => Guid.TryParse(text, out _)));
            }
            tasks.Add((erasure, subject, texts, ids));
        }
        // Put back from a backup of before the erasure, it may hold what nobody can tell it any more.
        var unknown = tasks.Where(task => task.Texts.Count == 0 && !done.Contains(task.Erasure.EventId)).Select(task => task.Erasure.EventId).ToList();
        while (true)
        {
            var changed = 0;
            foreach (var (erasure, subject, texts, ids) in tasks)
            {
                changed += await MaskEvent(erasure, ct) + await MaskSetAside(erasure, ct) + await MaskDocuments(subject, texts, ct) + await Release(subject, texts, ct) + await EmptyDigests(ids, ct);
            }
            Console.WriteLine($"{service.Name}: {changed} rows rid of texts that were erased by law");
            if (changed == 0) break;
            await Task.Delay(UntilLookedAgain, ct);
        }
        foreach (var (erasure, _, _, _) in tasks.Where(task => !unknown.Contains(task.Erasure.EventId))) await Do($"insert into {service.Schema}.erased values ('{erasure.EventId}') on conflict do nothing", ct);
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException(
                $"{service.Name} never erased what the log does not keep any more, and may hold it: event {string.Join(", ", unknown)}. Put back a backup of after the erasure, or all services together; where it never held it, say so: insert into {service.Schema}.erased values ('EVENT').");
        }
    }

    private async Task<IReadOnlySet<Guid>> Done(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select event_id from {service.Schema}.erased");
        var done = new HashSet<Guid>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) done.Add(row.GetGuid(0));
        return done;
    }

    internal static Task Run(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<EraseVerb>().Run(ct);

    private static HashSet<string> TextsOf(JsonElement payload, IEnumerable<string> paths)
    {
        var texts = Erased.Texts(payload);
        return [.. paths.Select(path => texts.GetValueOrDefault(path)).OfType<string>().Where(text => text != Erased.Mark)];
    }

    private static string Within(string payload, string path) => payload.Length == 0 ? path : $"{payload}.{path}";

    /// <summary>A text that is yet to be heard would come after all is done.</summary>
    private async Task HeardThatFar(Erasure erasure, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select sequence from {service.Schema}.intake_head where source = $1");
        command.Parameters.Add(new() { Value = erasure.Source });
        if (await command.ExecuteScalarAsync(ct) is long head && head < erasure.Place) throw new InvalidOperationException($"{service.Name} has heard {erasure.Source} up to {head}, and the event is at {erasure.Place}: erase again when it has heard that far.");
    }

    private async Task<(long Place, JsonElement Data)?> Row(string schema, Erasure erasure, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select seq_id, data from {schema}.mt_events where id = $1");
        command.Parameters.Add(new() { Value = erasure.EventId });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetInt64(0), JsonElement.Parse(row.GetString(1))) : null;
    }

    private async Task<int> MaskEvent(Erasure erasure, CancellationToken ct)
    {
        var changed = 0;
        foreach (var (schema, path) in _rows)
        {
            if (await Row(schema, erasure, ct) is { } row) changed += await Change($"{schema}.mt_events", "data", "seq_id = $3", row.Place, row.Data, Erased.Mask(row.Data, [.. erasure.Texts.Select(text => Within(path, text))]), ct);
        }
        return changed;
    }

    /// <summary>The event where it could not be digested.</summary>
    private async Task<int> MaskSetAside(Erasure erasure, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select event from {service.Schema}.set_aside where source = $1 and sequence = $2");
        command.Parameters.Add(new() { Value = erasure.Source });
        command.Parameters.Add(new() { Value = erasure.Place });
        if (await command.ExecuteScalarAsync(ct) is not string json) return 0;
        var kept = JsonElement.Parse(json);
        return await Change($"{service.Schema}.set_aside", "event", "source || ' ' || sequence = $3", $"{erasure.Source} {erasure.Place}", kept, Erased.Mask(kept, [.. erasure.Texts.Select(path => $"data.{path}")]), ct);
    }

    /// <summary>
    /// Documents that speak of the record and hold one of the texts. They are not made anew from events: a view also holds what other services said, and what this one kept of those has no events here.
    /// </summary>
    private async Task<int> MaskDocuments(string subject, IReadOnlySet<string> texts, CancellationToken ct)
    {
        var changed = 0;
        if (texts.Count == 0) return changed;
        foreach (var table in await Documents(ct))
        {
            var found = new List<(string Id, JsonElement Data)>();
            await using (var command = database.CreateCommand($"""
                select id::text, data from {table} where position($1 in data::text) > 0
                  and exists (select from jsonb_path_query(data, '$.** ? (@.type() == "string")') held where held #>> '{"{}"}' = any($2))
                """))
            {
                command.Parameters.Add(new() { Value = subject });
                command.Parameters.Add(new() { Value = texts.ToArray() });
                await using var row = await command.ExecuteReaderAsync(ct);
                while (await row.ReadAsync(ct)) found.Add((row.GetString(0), JsonElement.Parse(row.GetString(1))));
            }
            var kind = table[(table.IndexOf(Document, StringComparison.Ordinal) + Document.Length)..];
            foreach (var (id, data) in found) changed += await Change(table, "data", "id::text = $3", id, data, Erased.Mask(data, (path, text) => texts.Contains(text) && Erased.MayGoFrom(kind, path, text)), ct);
        }
        return changed;
    }

    /// <summary>Keys of the record that end with one of the texts: nobody can say any more what they keep apart.</summary>
    private async Task<int> Release(string subject, IReadOnlySet<string> texts, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"delete from {service.Schema}.mt_doc_reservation where data->>'by' = $1 and exists (select from unnest($2::text[]) gone where lower(right(id, length(gone) + 1)) = lower(' ' || gone))");
        command.Parameters.Add(new() { Value = subject });
        command.Parameters.Add(new() { Value = texts.ToArray() });
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Digests of requests whose answers name the record, or another one that the event speaks of: the text can be guessed at against them. Emptied, it is that of no request, and the key stays taken.
    /// </summary>
    private async Task<int> EmptyDigests(IReadOnlySet<string> ids, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            update {service.Schema}.mt_doc_firstanswer set data = jsonb_set(data, '{"{request}"}', '""')
            where data->>'request' <> '' and exists (select from unnest($1::text[]) named where position(named in data->>'body') > 0)
            """);
        command.Parameters.Add(new() { Value = ids.ToArray() });
        return await command.ExecuteNonQueryAsync(ct);
    }

    private async Task Do(string statement, CancellationToken ct)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<IReadOnlyList<string>> Documents(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables where tablename like 'mt\\_doc\\_%' and tablename <> 'mt_doc_reservation' and tableowner = current_user order by 1");
        var tables = new List<string>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) tables.Add(row.GetString(0));
        return tables;
    }

    /// <summary>Only a row that still is as it was read: what somebody else wrote meanwhile is looked at again.</summary>
    private async Task<int> Change(string table, string column, string which, object key, JsonElement was, JsonElement becomes, CancellationToken ct)
    {
        if (was.GetRawText() == becomes.GetRawText()) return 0;
        await using var command = database.CreateCommand($"update {table} set {column} = $1::jsonb where {column} = $2::jsonb and {column}::text <> $1::jsonb::text and {which}");
        command.Parameters.Add(new() { Value = becomes.GetRawText() });
        command.Parameters.Add(new() { Value = was.GetRawText() });
        command.Parameters.Add(new() { Value = key });
        return await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Listed(IReadOnlyList<Erasure> Items);

    private sealed record Erasure(Guid EventId, string Source, string Sequence, IReadOnlyList<string> Texts, string State)
    {
        public long Place => long.Parse(Sequence, CultureInfo.InvariantCulture);
    }

    private sealed record Entry(JsonElement Header, JsonElement? Data);
}

internal static class ErasingHosting
{
    public static void AddErasing(this WebApplicationBuilder builder)
    {
        builder.Services.AddPatientClient("audit");
        builder.Services.AddSingleton<EraseVerb>();
        builder.AddCommand(EraseVerb.Name, EraseVerb.Run);
    }
}
