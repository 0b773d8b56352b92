using System.Linq.Expressions;
using System.Text.Json;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Marten;
using Microsoft.AspNetCore.Http;

namespace Luodi.ServiceDefaults.Decisions;

/// <summary>
/// The way of every command, written once: first answer for a repeated key, load, expected version, rule, reservations, append, answer.
/// Loads optimistically and decides again when somebody else was faster, so that the loser hears the rule's own refusal.
/// </summary>
public sealed class Deciding<T>(IDocumentStore store, IHttpContextAccessor accessor, Sight sight, TimeProvider clock) where T : class
{
    // 32 clients at one record settle within a few rounds; this bounds the pathological case.
    private const int Rounds = 40;

    private readonly HttpContext _http = accessor.HttpContext ?? throw new InvalidOperationException("Commands come by HTTP.");

    /// <summary>On whose behalf.</summary>
    public Acting Acting => Acting.Of(_http);

    /// <summary>Starts a new stream; 201 with its id.</summary>
    public Task<IResult> Start(Func<Guid, Decision> rule, CancellationToken ct) => Start((id, _) => ValueTask.FromResult(rule(id)), ct);

    /// <inheritdoc cref="Start(Func{Guid, Decision}, CancellationToken)"/>
    public Task<IResult> Start(Func<Guid, Facts, ValueTask<Decision>> rule, CancellationToken ct) => Run(StatusCodes.Status201Created, async session =>
    {
        var id = Guid.CreateVersion7();
        var decision = await rule(id, new Facts(session, ct));
        if (decision.Events.Count > 0) session.Events.StartStream<T>(id, Recorded(session, decision));
        return (id, decision.Events.Count, decision);
    }, ct);

    /// <summary>Decides on what there is one of only: as it was settled, or as it is while nobody has settled anything, whose first event begins the stream; 200.</summary>
    public async Task<IResult> Settle(Guid only, T unsettled, Func<T, Decision> rule, CancellationToken ct)
    {
        bool settled;
        await using (var session = store.QuerySession()) settled = await session.Events.FetchStreamStateAsync(only, ct) is not null;
        return settled ? await Decide(only, rule, ct) : await Begin(only, () => rule(unsettled), ct);
    }

    private Task<IResult> Begin(Guid id, Func<Decision> rule, CancellationToken ct) => Run(StatusCodes.Status200OK, session =>
    {
        var decision = rule();
        if (decision.Events.Count > 0) session.Events.StartStream<T>(id, Recorded(session, decision));
        return Task.FromResult((id, (long)decision.Events.Count, decision));
    }, ct);

    /// <summary>Appends to a stream; 200, or 201 where the command creates a part of it; 404 where there is no such stream, or it is another department's.</summary>
    public Task<IResult> Decide(Guid id, Func<T, Decision> rule, CancellationToken ct, int status = StatusCodes.Status200OK) =>
        Decide(id, (state, _) => ValueTask.FromResult(rule(state)), ct, status);

    /// <param name="aside">The command is also for a record that stands aside.</param>
    /// <inheritdoc cref="Decide(Guid, Func{T, Decision}, CancellationToken, int)"/>
    public Task<IResult> Decide(Guid id, Func<T, Facts, ValueTask<Decision>> rule, CancellationToken ct, int status = StatusCodes.Status200OK, bool aside = false) => Run(status, async session =>
    {
        var stream = await session.Events.FetchForWriting<T>(id, ct);
        if (stream.Aggregate is not { } state || (state is IOfDepartment owned && !sight.MayChange(owned.Department))) return (id, 0, new NotFound());
        if (ExpectedVersion() is { } expected && expected != stream.CurrentVersion) return (id, 0, new ChangedMeanwhile());
        if (!aside && state is IStandAside { Aside: { } refusal }) return (id, 0, refusal);
        var version = stream.CurrentVersion ?? 0; // It counts what is appended below, too.
        var decision = await rule(state, new Facts(session, ct));
        stream.AppendMany(Recorded(session, decision));
        await session.RecordElsewhere<T>(decision, Acting, clock.Today(), ct);
        return (id, version + decision.Events.Count, decision);
    }, ct);

    private object[] Recorded(IDocumentSession session, Decision decision) => [.. session.Record(decision, Acting, clock.Today())];

    private async Task<IResult> Run(int status, Func<IDocumentSession, Task<(Guid Id, long Version, Decision Decision)>> decide, CancellationToken ct)
    {
        var key = _http.Request.Headers[Idempotency.Header].FirstOrDefault();
        if (key?.Length > 200) return Problems.Of(new IdempotencyKeyTooLong());
        var answerId = key is null ? null : $"{Acting.Actor} {key}";

        for (var round = 1; round <= Rounds; round++)
        {
            await using var session = store.LightweightSession();
            if (await Answered(session, answerId, ct) is { } answered) return answered;
            try
            {
                var (id, version, decision) = await decide(session);
                if (decision.Refusals.Count == 0 && await Reserve(session, id, decision, ct) is { } taken) decision = taken;
                // What stands in the way may be this very request, done a moment ago by its twin.
                if (decision.Refusals.Count > 0) return await Answered(session, answerId, ct) ?? Problems.Of(decision.Refusals);
                var answer = AnswerOf(id, version, status, decision, answerId);
                if (answerId is not null) session.Insert(answer);
                await session.SaveChangesAsync(ct);
                return Give(answer);
            }
            catch (Exception raced) when (Races.Is(raced))
            {
                // Somebody else wrote the same stream, key or reservation first: decide again on what stands now.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 4 * round)), ct);
            }
        }
        return Problems.Of(new TooManyAtOnce());
    }

    /// <summary>The first answer to this request, or that its key stands for another one; null where the key is new or there is none.</summary>
    private async Task<IResult?> Answered(IDocumentSession session, string? answerId, CancellationToken ct) =>
        answerId is null || await session.LoadAsync<FirstAnswer>(answerId, ct) is not { } first ? null
        : first.Request == Idempotency.DigestOf(_http) ? Repeat(first)
        : Problems.Of(new IdempotencyKeyReused());

    private static async Task<Refusal?> Reserve(IDocumentSession session, Guid id, Decision decision, CancellationToken ct)
    {
        foreach (var (key, taken) in decision.Reservations)
        {
            if (await session.LoadAsync<Reservation>(key, ct) is { } held)
            {
                if (held.By != id) return taken;
                continue;
            }
            session.Insert(new Reservation(key, id));
        }
        foreach (var key in decision.Releases) session.Delete<Reservation>(key);
        return null;
    }

    private long? ExpectedVersion() => _http.Request.Headers.IfMatch.FirstOrDefault() is { } tag && tag != "*"
        ? long.TryParse(tag.Replace("W/", "", StringComparison.Ordinal).Trim('"'), out var version) ? version : -1
        : null;

    private FirstAnswer AnswerOf(Guid id, long version, int status, Decision decision, string? answerId)
    {
        var body = decision.Answer is { } extra ? JsonSerializer.SerializeToNode(extra, WireJson.Options)!.AsObject() : [];
        if (!body.ContainsKey("id")) body["id"] = id;
        body["version"] = version;
        var location = status == StatusCodes.Status201Created ? $"{_http.Request.Path.Value!.TrimEnd('/')}/{body["id"]!.Deserialize<Guid>()}" : null;
        return new FirstAnswer(answerId ?? "", Idempotency.DigestOf(_http) ?? "", status, location, body.ToJsonString(WireJson.Options), version);
    }

    private IResult Repeat(FirstAnswer answer)
    {
        _http.Response.Headers["Idempotency-Replayed"] = "true";
        return Give(answer);
    }

    private IResult Give(FirstAnswer answer)
    {
        _http.Response.Headers.ETag = $"\"{answer.Version}\"";
        if (answer.Location is { } location) _http.Response.Headers.Location = location;
        return Results.Text(answer.Body, "application/json", statusCode: answer.Status);
    }
}

/// <summary>A record of which nothing more is logged while another one stands for it.</summary>
public interface IStandAside
{
    /// <summary>Why not; null while it stands for itself.</summary>
    Refusal? Aside { get; }
}

/// <summary>What a rule may ask of other streams of its own store.</summary>
public sealed class Facts(IDocumentSession session, CancellationToken ct)
{
    /// <summary>
    /// The state of another stream, locked against change until this decision is committed: who closes a ceremony waits for
    /// a signing under way, and a signing that comes later sees it closed. Null where there is no such stream.
    /// </summary>
    public async ValueTask<TState?> Shared<TState>(Guid id) where TState : class
    {
        await Lock(id, "share");
        return await State<TState>(id);
    }

    /// <summary>The state of another stream as it stands now, locked or not. Null where there is no such stream.</summary>
    public async ValueTask<TState?> State<TState>(Guid id) where TState : class => await session.Events.AggregateStreamAsync<TState>(id, token: ct);

    /// <summary>What happened to a record so far, and how it stood before one of these events.</summary>
    public async ValueTask<Past<TState>> Past<TState>(Guid id, Guid? eventId) where TState : class
    {
        var events = await session.Events.FetchStreamAsync(id, token: ct);
        var before = events.FirstOrDefault(each => each.Id == eventId) is { Version: > 1 and var version } ? await session.Events.AggregateStreamAsync<TState>(id, version - 1, token: ct) : null;
        return new([.. events.Select(each => new Happened(each.Id, each.Data, each.CausationId))], before);
    }

    /// <summary>
    /// Waits for every decision under way that relies on this stream (<see cref="Shared"/>) before this one takes its place in the
    /// history; otherwise it could stand before what it had to wait for.
    /// </summary>
    public async ValueTask Alone(Guid id) => await Lock(id, "update");

    /// <summary>A statement in the transaction of the decision, for what is kept beside the events: bytes. Its parameters are question marks.</summary>
    public void Keep(string statement, params object[] parameters) => session.QueueSqlCommand(statement, parameters);

    /// <summary>Keeps a document in the transaction of the decision: what must not stand in an event.</summary>
    public void Write<TDocument>(TDocument document) where TDocument : notnull => session.Store(document);

    /// <summary>Deletes one in the transaction of the decision.</summary>
    public void Erase<TDocument>(Guid id) where TDocument : notnull => session.HardDelete<TDocument>(id);

    private async ValueTask Lock(Guid id, string strength)
    {
        await session.BeginTransactionAsync(ct);
        await using var command = session.Connection!.CreateCommand();
        command.CommandText = $"select version from {session.DocumentStore.Options.Events.DatabaseSchemaName}.mt_streams where id = $1 for {strength}";
        command.Parameters.Add(new Npgsql.NpgsqlParameter<Guid> { TypedValue = id });
        await command.ExecuteScalarAsync(ct);
    }

    /// <summary>
    /// Documents of this service, over the decision's own connection. A second connection, asked for while a lock is held, would be waited for
    /// by whoever holds the lock, and held by those who wait for it.
    /// </summary>
    public IQuerySession Documents => session;

    /// <summary>A document of this service.</summary>
    public async ValueTask<TDocument?> Load<TDocument>(Guid id) where TDocument : notnull => await session.LoadAsync<TDocument>(id, ct);

    /// <summary>The documents of this service that fit.</summary>
    public async ValueTask<IReadOnlyList<TDocument>> Where<TDocument>(Expression<Func<TDocument, bool>> fits) where TDocument : notnull =>
        await session.Query<TDocument>().Where(fits).ToListAsync(ct);

    /// <inheritdoc cref="Load{TDocument}(Guid)"/>
    public async ValueTask<TDocument?> Load<TDocument>(string id) where TDocument : notnull => await session.LoadAsync<TDocument>(id, ct);
}
