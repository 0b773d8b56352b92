using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Luodi.Audit.Log;

internal static class LogTables
{
    /// <summary>One row: how many entries the log has. Whoever appends holds its lock, so that entries are counted in the order of commit.</summary>
    public static Table Head()
    {
        var table = new Table(Name("log_head"));
        table.AddColumn("one", "boolean").AsPrimaryKey();
        table.AddColumn("size", "bigint").NotNull();
        return table;
    }

    /// <summary>The entries. Rows are only ever added; a payload that was erased by law is null.</summary>
    public static Table Entry()
    {
        var table = new Table(Name("log_entry"));
        table.AddColumn("index", "bigint").AsPrimaryKey();
        table.AddColumn("source", "text").NotNull();
        table.AddColumn("sequence", "bigint").NotNull();
        table.AddColumn("event_id", "uuid").NotNull();
        table.AddColumn("subject", "uuid").NotNull();
        table.AddColumn("heard_at", "timestamptz").NotNull();
        table.AddColumn("header", "bytea").NotNull();
        table.AddColumn("payload", "bytea");
        table.Indexes.Add(new IndexDefinition("log_entry_place") { Columns = ["source", "sequence"], IsUnique = true });
        table.Indexes.Add(new IndexDefinition("log_entry_event") { Columns = ["event_id"] });
        table.Indexes.Add(new IndexDefinition("log_entry_subject") { Columns = ["subject"] });
        return table;
    }

    /// <summary>The tree, in tiles of 256 hashes: one that is full never changes, one that is not grows to the right.</summary>
    public static Table Tile()
    {
        var table = new Table(Name("log_tile"));
        table.AddColumn("level", "smallint").AsPrimaryKey();
        table.AddColumn("index", "bigint").AsPrimaryKey();
        table.AddColumn("hashes", "bytea").NotNull();
        return table;
    }

    /// <summary>What was signed, with the cosignatures that came in.</summary>
    public static Table Checkpoint()
    {
        var table = new Table(Name("log_checkpoint"));
        table.AddColumn("size", "bigint").AsPrimaryKey();
        table.AddColumn("signed_at", "timestamptz").NotNull();
        table.AddColumn("note", "text").NotNull();
        table.AddColumn("cosigned", "integer").NotNull();
        table.Indexes.Add(new IndexDefinition("log_checkpoint_signed") { Columns = ["signed_at"] });
        return table;
    }

    /// <summary>One row: when Audit was last seen at work.</summary>
    public static Table Heartbeat()
    {
        var table = new Table(Name("heartbeat"));
        table.AddColumn("one", "boolean").AsPrimaryKey();
        table.AddColumn("at", "timestamptz").NotNull();
        return table;
    }

    /// <summary>Comparisons that ended.</summary>
    public static Table Reconciliation()
    {
        var table = new Table(Name("reconciliation"));
        table.AddColumn("id", "uuid").AsPrimaryKey();
        table.AddColumn("started_at", "timestamptz").NotNull();
        table.AddColumn("finished_at", "timestamptz").NotNull();
        table.AddColumn("by", "text").NotNull();
        table.AddColumn("done", "bigint").NotNull();
        table.AddColumn("total", "bigint").NotNull();
        table.AddColumn("findings", "integer").NotNull();
        table.AddColumn("problem", "text");
        table.Indexes.Add(new IndexDefinition("reconciliation_started") { Columns = ["started_at"] });
        return table;
    }

    /// <summary>What they found.</summary>
    public static Table Finding()
    {
        var table = new Table(Name("finding"));
        table.AddColumn("reconciliation", "uuid").AsPrimaryKey();
        table.AddColumn("line", "integer").AsPrimaryKey();
        table.AddColumn("place", "text").NotNull();
        table.AddColumn("source", "text").NotNull();
        table.AddColumn("sequence", "bigint");
        table.AddColumn("index", "bigint");
        table.AddColumn("kind", "text").NotNull();
        table.AddColumn("fields", "text");
        return table;
    }

    private static PostgresqlObjectName Name(string table) => new("audit", table, SchemaUtils.IdentifierUsage.General);
}
