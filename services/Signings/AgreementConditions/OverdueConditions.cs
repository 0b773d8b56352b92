using System.Data.Common;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.Signings.KnownProjects;

namespace Luodi.Signings.AgreementConditions;

/// <summary>An open condition whose day has passed, with its agreement.</summary>
public sealed record OverdueCondition(Guid Id, Guid AgreementId, string AgreementNumber, Guid ProjectId, string? ProjectName, bool Illustrative, string Text, DateOnly DueOn, int OverdueDays, string? NotedBy);

internal static class OverdueConditions
{
    internal const string Columns = "c.value, d.id, d.data->>'number', (d.data->>'projectId')::uuid, p.data->>'name', (d.data->>'illustrative')::boolean";

    // A document older than conditions has none.
    internal const string From = """
        signings.mt_doc_agreementview d cross join lateral jsonb_array_elements(d.data->'conditions') c(value)
        left join signings.mt_doc_knownproject p on p.id = (d.data->>'projectId')::uuid
        """;

    internal const string Usual = "dueOn";

    internal static readonly Sorting Sorting = new("c.value->>'id'", (Usual, "c.value->>'dueOn'"), ("number", "d.data->>'number'"), ("project", Sorting.Spoken("p.data->>'name'")));

    internal static Conditions ToSql(Sight sight, DateOnly today)
    {
        var conditions = new Conditions();
        return conditions
            .And(KnownProject.Seen(sight, conditions))
            .And("d.data->>'status' <> 'terminated'")
            .And("c.value->>'status' = 'open'")
            .And("(c.value->>'dueOn')::date < {0}", today);
    }

    internal static Func<DbDataReader, OverdueCondition> Read(Rows rows, DateOnly today) => row =>
    {
        var condition = rows.Document<Condition>(row, 0);
        return new(condition.Id, row.GetGuid(1), row.GetString(2), row.GetGuid(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetBoolean(5),
            condition.Text, condition.DueOn!.Value, today.DayNumber - condition.DueOn.Value.DayNumber, condition.NotedBy);
    };
}
