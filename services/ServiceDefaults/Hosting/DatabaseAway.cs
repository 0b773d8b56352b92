using Npgsql;

namespace Luodi.ServiceDefaults.Hosting;

/// <summary>Tells a database that is away from a mistake.</summary>
public static class DatabaseAway
{
    /// <summary>
    /// The database cannot be reached, or says itself that another try may work. Anything else that PostgreSQL answers to a statement is
    /// about the statement: a bug, or an event that will never fit.
    /// </summary>
    public static bool Is(Exception exception) => exception switch
    {
        // 57P: it is shutting down, was ended by its operator, or is starting. Npgsql does not count the first two as passing.
        PostgresException refused => refused.IsTransient || refused.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => exception.InnerException is { } inner && Is(inner),
    };
}
