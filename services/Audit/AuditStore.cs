using JasperFx.Events.Projections;
using Luodi.Audit.Erasing;
using Luodi.Audit.Log;
using Luodi.Audit.Watching;
using Marten;

namespace Luodi.Audit;

/// <summary>What Audit keeps: the log in tables of its own, and what happened to it as events, which stand in the log themselves.</summary>
public static class AuditStore
{
    public static void Shape(StoreOptions store)
    {
        store.Projections.Add<AuditLogProjection>(ProjectionLifecycle.Inline);
        store.Projections.Add<ErasureProjection>(ProjectionLifecycle.Inline);
        store.Storage.ExtendedSchemaObjects.Add(LogTables.Head());
        store.Storage.ExtendedSchemaObjects.Add(LogTables.Entry());
        store.Storage.ExtendedSchemaObjects.Add(LogTables.Tile());
        store.Storage.ExtendedSchemaObjects.Add(LogTables.Checkpoint());
        store.Storage.ExtendedSchemaObjects.Add(LogTables.Heartbeat());
        store.Storage.ExtendedSchemaObjects.Add(LogTables.Reconciliation());
        store.Storage.ExtendedSchemaObjects.Add(LogTables.Finding());
    }
}
