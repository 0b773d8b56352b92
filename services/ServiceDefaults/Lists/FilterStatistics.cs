namespace Luodi.ServiceDefaults.Lists;

/// <summary>
/// How often each value of what a list is filtered by is met, and the usual ones together. PostgreSQL knows nothing of its own of values inside a document,
/// takes each for one in two hundred, and sorts a hundred thousand records to show fifty which the order's own index would have given at once.
/// </summary>
/// <param name="filters">In SQL, of the document <c>data</c>, as the filters write them; at most eight.</param>
public sealed class FilterStatistics(string schema, string table, string name, params string[] filters)
{
    /// <summary>What makes them, counts at once what is there, and changes nothing the second time.</summary>
    public string Statement => $"""
        do $do$ begin
          if not exists (select from pg_statistic_ext where stxnamespace = '{schema}'::regnamespace and stxname = '{name}') then
            create statistics {schema}.{name} (mcv) on {string.Join(", ", filters.Select(filter => $"({filter})"))} from {schema}.{table};
            analyze {schema}.{table};
          end if;
        end $do$;
        """;
}
