using Luodi.Contracts;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Luodi.Reporting.Ledger;

internal static class LedgerTables
{
    /// <summary>What postings and the accounts behind them look like, and which events are posted. Raised with each change of that: a ledger of another shape is made anew when the database is migrated.</summary>
    public const int Shape = 1;

    /// <summary>Where the ledger stands that is read.</summary>
    public const string Schema = "reporting";

    /// <summary>Where one is made anew, in the same tables.</summary>
    public const string Beside = "reporting_beside";

    /// <summary>The postings in the order in which they became known. Rows are only ever added.</summary>
    public static Table Posting(string schema)
    {
        var table = new Table(Name(schema, "posting"));
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
        table.AddColumn("stage", "text").NotNull().DefaultValueByString(Luodi.Ledger.Posting.None);
        table.AddColumn("money_origin", "text").NotNull().DefaultValueByString(Luodi.Ledger.Posting.None);
        foreach (var trait in (string[])["owner", "block", "origin", "industry_code", "channel", "chain"]) table.AddColumn(trait, "text").NotNull().DefaultValueByString(Luodi.Ledger.Posting.None);
        table.AddColumn("designation", "text").NotNull().DefaultValueByString(Luodi.Ledger.Posting.None);
        table.AddColumn("subject", "uuid").NotNull().DefaultValueByExpression($"'{Guid.Empty}'");
        table.AddColumn("vintage", "text").NotNull().DefaultValueByString(Luodi.Ledger.Posting.None);
        table.AddColumn("fund", "uuid").NotNull().DefaultValueByExpression($"'{Guid.Empty}'");
        table.AddColumn("fund_kind", "text").NotNull().DefaultValueByString("");
        table.AddColumn("partner_kind", "text").NotNull().DefaultValueByString(Luodi.Ledger.Posting.None);
        table.AddColumn("arranges", "boolean").NotNull().DefaultValueByExpression("false");
        table.Indexes.Add(new IndexDefinition("posting_event") { Columns = ["source", "sequence", "line"], IsUnique = true });
        table.Indexes.Add(new IndexDefinition("posting_recorded") { Columns = ["recorded_at"] });
        // Whatever sums are not sealed by is summed from this one alone.
        table.Indexes.Add(Covering("posting_series", ["measure", "status", "tier", "effective_on", "position"],
            ["ceremony", "industry", "size_band", "stage", "money_origin", "designation", "department", "owner", "block", "origin", "industry_code", "channel", "chain"]));
        // Two values of many each: their rows are found without reading those of either.
        table.Indexes.Add(new IndexDefinition("posting_owner") { Columns = ["owner"] });
        table.Indexes.Add(new IndexDefinition("posting_code") { Columns = ["industry_code"] });
        table.Indexes.Add(new IndexDefinition("posting_project") { Columns = ["project", "measure", "status", "position"] });
        table.Indexes.Add(Covering("posting_ceremony", ["ceremony", "measure", "status", "position"], ["effective_on", "tier", "industry", "size_band"]));
        return table;
    }

    /// <summary>One row: the last position, when it was given, and the ledger's shape. Whoever writes postings holds its lock.</summary>
    public static Table Head(string schema)
    {
        var table = new Table(Name(schema, "ledger_head"));
        table.AddColumn("one", "boolean").AsPrimaryKey();
        table.AddColumn("position", "bigint").NotNull();
        table.AddColumn("recorded_at", "timestamptz").NotNull();
        // 0: of before shapes had numbers.
        table.AddColumn("shape", "integer").NotNull().DefaultValue(0);
        return table;
    }

    /// <summary>What a sealed sum is of, apart from its two dimensions: never more than one tier or stage, confirmed and pending facts apart.</summary>
    public static Table Series(string schema)
    {
        var table = new Table(Name(schema, "ledger_series"));
        table.AddColumn("series", "smallint").AsPrimaryKey();
        foreach (var column in Sealing.SeriesColumns) table.AddColumn(column, "text").NotNull();
        table.Indexes.Add(new IndexDefinition("ledger_series_of") { Columns = [.. Sealing.SeriesColumns], IsUnique = true });
        return table;
    }

    /// <summary>Sums of postings between two positions, by one or two dimensions and by month, year and for good. Rows are only ever added.</summary>
    public static Table Sum(string schema)
    {
        var table = new Table(Name(schema, "ledger_sum"));
        table.AddColumn("count", "integer").NotNull();
        table.AddColumn("upgrades", "integer").NotNull();
        table.AddColumn("amount", "numeric(22,2)").NotNull();
        table.AddColumn("dims", "smallint").NotNull();
        table.AddColumn("series", "smallint").NotNull();
        table.AddColumn("segment", "integer").NotNull();
        table.AddColumn("bucket", "integer").NotNull();
        table.AddColumn("first", "text").NotNull();
        table.AddColumn("second", "text").NotNull();
        // Rows of one place lie side by side, as they were written: the index need not hold them too.
        table.Indexes.Add(new IndexDefinition("ledger_sum_place") { Columns = ["dims", "series", "segment", "bucket"] });
        table.Indexes.Add(new IndexDefinition("ledger_sum_segment") { Columns = ["segment"] });
        return table;
    }

    /// <summary>One row: up to which position sums are sealed, in segments of what size and by which dimensions. Whoever seals holds its lock.</summary>
    public static Table Sealed(string schema)
    {
        var table = new Table(Name(schema, "ledger_sealed"));
        table.AddColumn("one", "boolean").AsPrimaryKey();
        table.AddColumn("position", "bigint").NotNull();
        table.AddColumn("shape", "text").NotNull();
        return table;
    }

    /// <summary>One row: how far the making anew has come, or how the last one ended.</summary>
    public static Table Rebuild()
    {
        var table = new Table(Name(Schema, "ledger_rebuild"));
        table.AddColumn("one", "boolean").AsPrimaryKey();
        table.AddColumn("verb", "text").NotNull();
        table.AddColumn("began_at", "timestamptz").NotNull();
        table.AddColumn("told_at", "timestamptz").NotNull();
        table.AddColumn("ended_at", "timestamptz");
        table.AddColumn("done", "bigint").NotNull();
        table.AddColumn("total", "bigint").NotNull();
        table.AddColumn("differences", "bigint");
        table.AddColumn("switched", "boolean").NotNull();
        return table;
    }

    private static PostgresqlObjectName Name(string schema, string table) => new(schema, table, SchemaUtils.IdentifierUsage.General);

    private static IndexDefinition Covering(string name, string[] columns, string[] dimensions) => new(name)
    {
        Columns = columns,
        IncludeColumns = [.. dimensions, "currency", "delta_count", "delta_upgrades", "delta_amount", "illustrative", "arranges"],
    };
}
