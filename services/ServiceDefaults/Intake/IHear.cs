using Luodi.Contracts.Wire;
using Marten;
using Npgsql;

namespace Luodi.ServiceDefaults.Intake;

/// <summary>What a service does with events of others. It hears each (source, sequence) once, in order, without holes.</summary>
public interface IHear
{
    /// <summary>The services it hears.</summary>
    static abstract IReadOnlyList<string> Services { get; }

    /// <summary>
    /// True where figures would be wrong without an event: the source then stops at one that cannot be digested, and says so.
    /// Otherwise such an event is set aside, visible and repeatable, and the next ones go on.
    /// </summary>
    static abstract bool StopsAtFailure { get; }

    /// <summary>Applies the events in the transaction that also moves the head; does not commit.</summary>
    Task Hear(IReadOnlyList<CloudEvent> events, HearingTransaction transaction, CancellationToken ct);
}

/// <summary>The transaction in which events are heard.</summary>
public sealed class HearingTransaction(IDocumentStore store, NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    public NpgsqlConnection Connection { get; } = connection;

    /// <summary>A session inside the transaction; several may follow one another.</summary>
    public IDocumentSession OpenSession()
    {
        var options = Marten.Services.SessionOptions.ForTransaction(transaction);
        options.Tracking = DocumentTracking.None;
        return store.OpenSession(options);
    }
}
