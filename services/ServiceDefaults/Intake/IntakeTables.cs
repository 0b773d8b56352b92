using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Luodi.ServiceDefaults.Intake;

internal static class IntakeTables
{
    /// <summary>How far each source was heard.</summary>
    public static Table Head(ServiceIdentity service)
    {
        var table = new Table(new PostgresqlObjectName(service.Schema, "intake_head", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("source", "text").AsPrimaryKey();
        table.AddColumn("sequence", "bigint").NotNull();
        // Which event stood there: another one under its number is another history.
        table.AddColumn("event", "uuid");
        return table;
    }

    /// <summary>Events that could not be digested.</summary>
    public static Table SetAside(ServiceIdentity service)
    {
        var table = new Table(new PostgresqlObjectName(service.Schema, "set_aside", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("source", "text").AsPrimaryKey();
        table.AddColumn("sequence", "bigint").AsPrimaryKey();
        table.AddColumn("event", "jsonb").NotNull();
        table.AddColumn("problem", "text").NotNull();
        table.AddColumn("since", "timestamptz").NotNull();
        return table;
    }
}
