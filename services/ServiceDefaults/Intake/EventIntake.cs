using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Marten;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Luodi.ServiceDefaults.Intake;

/// <summary>
/// Takes pages of other services, from the broker or the feed, and knows by their links whether it has everything.
/// The head (how far a source was heard) moves in the transaction of the change itself: a page delivered twice or late changes nothing.
/// </summary>
public sealed class EventIntake<THear>(
    ServiceIdentity service, IDocumentStore store, NpgsqlDataSource database, THear hear, IHttpClientFactory clients, IntakeState state, ILogger<EventIntake<THear>> log)
    : IEventIntake, IDisposable where THear : class, IHear
{
    private const int MostRounds = 20;

    private readonly SemaphoreSlim _gate = new(1, 1);
    // Sources that were seen to have what was heard of them last; of others no page is taken.
    private readonly ConcurrentDictionary<string, bool> _trusted = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Services => THear.Services;

    /// <summary>A page from the broker. One that does not connect to the head is read from the feed instead, with all that is missing before it.</summary>
    public async Task Take(Page page, CancellationToken ct)
    {
        if (page.Events.Count == 0) return;
        var source = page.Events[0].Source;
        if (!_trusted.ContainsKey(source))
        {
            state.Wake(source);
            return;
        }
        await _gate.WaitAsync(ct);
        try
        {
            if (await Apply(source, page.Events, ct) is not Outcome.Gap) return;
        }
        finally
        {
            _gate.Release();
        }
        log.LogInformation("A gap before {Source} {Sequence}: reading the feed", source, page.Events[0].Sequence);
        state.Wake(source);
    }

    /// <summary>Reads the feed of a service from the head on until nothing is left. Returns how many events were new.</summary>
    public async Task<int> CatchUp(string name, CancellationToken ct)
    {
        var source = service.SourceOf(name);
        var client = clients.CreateClient(name);
        async Task<Page> Feed(string query) => await client.GetFromJsonAsync<Page>($"api/{name}/feed?{query}", WireJson.Options, ct) ?? throw new JsonException("A feed answers with an array.");
        var (last, id) = await Head(source, ct);
        // A store that was put back to an earlier day, or a head that was: what comes next under known numbers would be taken for known.
        if (last > 0 && !((await Feed($"after={last - 1}&limit=1")).Events is [var same] && same.Sequence == last && (id is null || same.Id == id)))
        {
            _trusted.TryRemove(source, out _);
            throw new HistoryChangedException($"{source} no longer has the event {last} that was heard of it last: its history has changed.");
        }
        _trusted[source] = true;
        for (var heard = 0; ;)
        {
            var (head, _) = await Head(source, ct);
            var page = await Feed($"after={head}");
            if (page.Events.Count == 0)
            {
                state.CaughtUp(source);
                return heard;
            }
            await _gate.WaitAsync(ct);
            try
            {
                if (await Apply(source, page.Events, ct) is Outcome.Gap && (await Head(source, ct)).Sequence == head)
                {
                    throw new HistoryChangedException($"The feed of {source} after {head} begins with an event whose previous is {page.Events[0].Previous}: its history has changed.");
                }
                heard += page.Events.Count;
            }
            catch (Exception failure) when (!Transient.Is(failure) && failure is not (OperationCanceledException or HistoryChangedException))
            {
                if (THear.StopsAtFailure)
                {
                    state.Stopped(source, failure.Message);
                    throw;
                }
                await OneByOne(source, page.Events, ct);
            }
            finally
            {
                _gate.Release();
            }
        }
    }

    /// <summary>Hears an event again that was set aside.</summary>
    public async Task<bool> Repeat(string source, long sequence, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var take = new NpgsqlCommand($"delete from {service.Schema}.set_aside where source = $1 and sequence = $2 returning event", connection)
        {
            Parameters = { new() { Value = source }, new() { Value = sequence } },
        };
        if (await take.ExecuteScalarAsync(ct) is not string json) return false;
        await hear.Hear([JsonSerializer.Deserialize<CloudEvent>(json, WireJson.Options)!], new HearingTransaction(store, connection, transaction), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public void Dispose() => _gate.Dispose();

    private enum Outcome { Applied, Known, Gap }

    private async Task<Outcome> Apply(string source, IReadOnlyList<CloudEvent> events, CancellationToken ct)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                return await ApplyOnce(source, events, ct);
            }
            catch (Exception raced) when (Races.Is(raced) && round < MostRounds)
            {
                // Somebody here wrote first what the page moves too: the page is not to blame.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 4 * round)), ct);
            }
        }
    }

    private async Task<Outcome> ApplyOnce(string source, IReadOnlyList<CloudEvent> events, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var head = await LockHead(connection, source, ct);
        var fresh = events.SkipWhile(heard => heard.Sequence <= head).ToList();
        if (fresh.Count == 0) return Outcome.Known;
        if (!Connects(head, fresh)) return Outcome.Gap;
        await hear.Hear(fresh, new HearingTransaction(store, connection, transaction), ct);
        await MoveHead(connection, source, fresh[^1], ct);
        await transaction.CommitAsync(ct);
        state.Heard(source, fresh[^1]);
        return Outcome.Applied;
    }

    private static bool Connects(long head, List<CloudEvent> events) =>
        events[0].Previous == head && events.Zip(events.Skip(1)).All(pair => pair.Second.Previous == pair.First.Sequence);

    private async Task OneByOne(string source, IReadOnlyList<CloudEvent> events, CancellationToken ct)
    {
        foreach (var heard in events)
        {
            try
            {
                if (await Apply(source, [heard], ct) is Outcome.Gap) throw new HistoryChangedException($"{source} has no event {heard.Previous} before {heard.Sequence}: its history has changed.");
            }
            catch (Exception failure) when (!Transient.Is(failure) && failure is not (OperationCanceledException or HistoryChangedException))
            {
                log.LogError(failure, "{Source} {Sequence} ({Type}) cannot be digested and is set aside", source, heard.Sequence, heard.Type);
                await SetAside(source, heard, failure, ct);
            }
        }
    }

    private async Task SetAside(string source, CloudEvent heard, Exception failure, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await LockHead(connection, source, ct);
        await using var insert = new NpgsqlCommand($"insert into {service.Schema}.set_aside (source, sequence, event, problem, since) values ($1, $2, $3, $4, now()) on conflict do nothing", connection)
        {
            Parameters =
            {
                new() { Value = source }, new() { Value = heard.Sequence },
                new() { Value = JsonSerializer.Serialize(heard, WireJson.Options), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb }, new() { Value = failure.Message },
            },
        };
        await insert.ExecuteNonQueryAsync(ct);
        await MoveHead(connection, source, heard, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<(long Sequence, Guid? Event)> Head(string source, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select sequence, event from {service.Schema}.intake_head where source = $1");
        command.Parameters.Add(new() { Value = source });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetGuid(1)) : (0, null);
    }

    // The row lock makes this the only writer of the source among all replicas until the transaction ends.
    private async Task<long> LockHead(NpgsqlConnection connection, string source, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"insert into {service.Schema}.intake_head (source, sequence) values ($1, 0) on conflict (source) do update set source = excluded.source returning sequence", connection)
        {
            Parameters = { new() { Value = source } },
        };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task MoveHead(NpgsqlConnection connection, string source, CloudEvent last, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"update {service.Schema}.intake_head set sequence = $2, event = $3 where source = $1", connection)
        {
            Parameters = { new() { Value = source }, new() { Value = last.Sequence }, new() { Value = last.Id } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>The intake without its hearer's type.</summary>
public interface IEventIntake
{
    IReadOnlyList<string> Services { get; }

    Task Take(Page page, CancellationToken ct);

    Task<int> CatchUp(string name, CancellationToken ct);

    Task<bool> Repeat(string source, long sequence, CancellationToken ct);
}

/// <summary>A source tells another history than the one that was heard: nothing more is taken of it, for its figures could be of neither.</summary>
internal sealed class HistoryChangedException(string message) : Exception(message);

internal static class Transient
{
    /// <summary>A part is away: the event is not to blame.</summary>
    public static bool Is(Exception exception) => exception
        is HttpRequestException or IOException or TimeoutException or Polly.ExecutionRejectedException
        || DatabaseAway.Is(exception) || (exception.InnerException is { } inner && Is(inner));
}
