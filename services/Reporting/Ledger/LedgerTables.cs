using Luodi.Contracts;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Luodi.Reporting.Ledger;

internal static class LedgerTables
{
    /// <summary>The postings in the order in which they became known. Rows are only ever added.</summary>
    public static Table Posting()
    {
        var table = new Table(Name("posting"));
        table.AddColumn("position", "bigint").AsPrimaryKey();
        table.AddColumn("recorded_at", "timestamptz").NotNull();
        table.AddColumn("source", "text").NotNull();
        table.AddColumn("sequence", "bigint").NotNull();
        table.AddColumn("line", "smallint").NotNull();
        table.AddColumn("event_id", "uuid").NotNull();
        table.AddColumn("event_type", "text").NotNull();
        table.AddColumn("measure", "text").NotNull();
        table.AddColumn("status", "text").NotNull();
        table.AddColumn("currency", "text").NotNull();
        table.AddColumn("delta_count", "integer").NotNull();
        table.AddColumn("delta_amount", "numeric(20,2)").NotNull();
        table.AddColumn("effective_on", "date").NotNull();
        table.AddColumn("ceremony", "uuid").NotNull();
        table.AddColumn("agreement", "uuid").NotNull();
        table.AddColumn("project", "uuid").NotNull();
        table.AddColumn("industry", "text").NotNull();
        table.AddColumn("size_band", "text").NotNull();
        table.AddColumn("illustrative", "boolean").NotNull();
        table.AddColumn("department", "text");
        table.AddColumn("tier", "text").NotNull().DefaultValueByString(Tiers.Agreement);
        table.AddColumn("delta_upgrades", "integer").NotNull().DefaultValue(0);
        table.AddColumn("stage", "text").NotNull().DefaultValueByString(Ledger.Posting.None);
        table.AddColumn("money_origin", "text").NotNull().DefaultValueByString(Ledger.Posting.None);
        table.Indexes.Add(new IndexDefinition("posting_event") { Columns = ["source", "sequence", "line"], IsUnique = true });
        table.Indexes.Add(new IndexDefinition("posting_recorded") { Columns = ["recorded_at"] });
        table.Indexes.Add(Covering("posting_series", ["measure", "status", "effective_on", "position"], ["ceremony", "tier", "industry", "size_band"]));
        table.Indexes.Add(new IndexDefinition("posting_project") { Columns = ["project", "measure", "status", "position"] });
        table.Indexes.Add(Covering("posting_ceremony", ["ceremony", "measure", "status", "position"], ["effective_on", "tier", "industry", "size_band"]));
        return table;
    }

    /// <summary>One row: the last position and when it was given. Whoever writes postings holds its lock.</summary>
    public static Table Head()
    {
        var table = new Table(Name("ledger_head"));
        table.AddColumn("one", "boolean").AsPrimaryKey();
        table.AddColumn("position", "bigint").NotNull();
        table.AddColumn("recorded_at", "timestamptz").NotNull();
        return table;
    }

    /// <summary>
    /// What a project is apart from its postings, each with the places in the ledger between which it was known: a figure by block or by owner
    /// is arranged as it was known at its position. Rows are added, and their end is set once.
    /// </summary>
    public static Table Trait()
    {
        var table = new Table(Name("project_trait"));
        table.AddColumn("project", "uuid").AsPrimaryKey();
        table.AddColumn("trait", "text").AsPrimaryKey();
        table.AddColumn("effective_from", "date").AsPrimaryKey();
        table.AddColumn("known_from", "bigint").AsPrimaryKey();
        table.AddColumn("known_until", "bigint").NotNull();
        table.AddColumn("value", "text").NotNull();
        return table;
    }

    private static PostgresqlObjectName Name(string table) => new("reporting", table, SchemaUtils.IdentifierUsage.General);

    private static IndexDefinition Covering(string name, string[] columns, string[] dimensions) => new(name)
    {
        Columns = columns,
        IncludeColumns = [.. dimensions, "currency", "delta_count", "delta_upgrades", "delta_amount", "illustrative"],
    };
}
