using JasperFx.Events;
using Marten.Exceptions;
using Npgsql;

namespace Luodi.ServiceDefaults.Decisions;

/// <summary>Tells a race from a mistake: somebody else wrote the same stream, key or reservation first, and on what stands now another try may work.</summary>
internal static class Races
{
    public static bool Is(Exception exception) => exception
        is JasperFx.ConcurrencyException or EventStreamUnexpectedMaxEventIdException or JasperFx.DocumentAlreadyExistsException or Marten.Exceptions.ExistingStreamIdCollisionException
        or PostgresException { SqlState: "40001" or "40P01" }
        or MartenCommandException { InnerException: PostgresException { SqlState: "23505" or "40001" or "40P01" } };
}
