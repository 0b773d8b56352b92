using System.Data.Common;
using System.Text.Json;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Projects.Limits;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Projects.Lists;

/// <summary>Which projects a list, a file or a search shows.</summary>
/// <param name="Q">A part of the name, the investor, what stands in a field of the bureau's own, or a contact's name or phone number.</param>
/// <param name="Stage">One of the stages: the furthest that it has reached.</param>
/// <param name="Reached">One of the stages: it has reached it, whatever came later.</param>
/// <param name="Standing">active, suspended or fallen-out.</param>
/// <param name="Due">overdue, or week: overdue or due within 7 days.</param>
/// <param name="MergedInto">The records that this one stands for.</param>
/// <param name="Merged">true: only records that another one stands for; otherwise none of them.</param>
/// <param name="Fields">What stands in fields of the bureau's own: <c>field.ID=VALUE</c>, the value as it is kept.</param>
/// <param name="Sort">name, investor, industry, stage, since, expectedInvestment, owner, dueOn or registered, <c>-</c> in front for descending.</param>
public sealed record ProjectFilter(
    string? Q = null, string? Industry = null, string? Stage = null, string? Department = null, string? Sort = null, string? Reached = null, string? Standing = null, string? Owner = null, string? Block = null,
    string? Tag = null, string? Due = null, Guid? MergedInto = null, bool? Merged = null, FieldConditions? Fields = null)
{
    internal const string Registered = "registered";

    internal const string Columns = "d.data, l.days";

    // As long as a manager has settled nothing, there is no document of the limits.
    internal static readonly string From = $"""
        projects.mt_doc_project d cross join (
          select coalesce((select data->'days' from projects.mt_doc_timelimits), '{JsonSerializer.Serialize(TimeLimits.Usual.Days)}'::jsonb) as days) l
        """;

    // Yes and no are no words to look for.
    internal const string OwnWords =
        "create or replace function projects.own_words(jsonb) returns text language sql immutable strict parallel safe as $$ select string_agg(value, E'\\n') from jsonb_each_text($1) where value not in ('yes', 'no') $$";

    internal static readonly WordIndex Words = new("projects", "mt_doc_project", "project_words", "{0}->>'name'", "{0}->>'investor'", "projects.own_words(nullif({0}->'fields', '{{}}'))");

    internal static readonly FilterStatistics Statistics = new("projects", "mt_doc_project", "project_filters",
        "data->>'industry'", "data->>'stage'", "data->>'department'", "data->>'mergedInto'", "lower(data->>'standing')", "data->>'owner'", "data->'details'->>'block'");

    private static readonly string DueOn = Deadlines.DueOn("d.data", "l.days");

    // Ids are UUIDv7: their order is the order of registration.
    internal static readonly Sorting Sorting = new("d.id",
        ("name", Sorting.Spoken("d.data->>'name'")),
        ("investor", Sorting.Spoken("d.data->>'investor'")),
        ("industry", Sorting.Listed("d.data->>'industry'", Industries.All)),
        ("stage", Sorting.Listed("d.data->>'stage'", Stages.All)),
        ("since", "d.data->>'since'"),
        ("expectedInvestment", "(d.data->'expectedInvestment'->>'value')::numeric"),
        ("owner", "d.data->>'owner'"),
        ("dueOn", DueOn),
        (Registered, "d.id"));

    internal static Func<DbDataReader, Project> Read(Rows rows) => row =>
    {
        var project = rows.Document<Project>(row, 0);
        return project with { Deadline = Deadlines.Of(project, new TimeLimits(TimeLimits.Only, JsonSerializer.Deserialize<Dictionary<string, int>>(row.GetString(1))!), rows.Today) };
    };

    private static string Seen(Sight sight, Conditions conditions, string project) => sight.In(conditions, $"{project}.data->>'department'", $"{project}.data->'sharedWith' @> to_jsonb({{0}}::text)");

    // Of the record that stands for the one under which they were logged, if the reader sees that one too. Once for the whole list: contacts are few beside projects.
    private static string ByContact(Sight sight, Conditions conditions) => $"""
        select coalesce((p.data->>'mergedInto')::uuid, p.id) from projects.mt_doc_contact c join projects.mt_doc_project p on p.id = c.project_id
        where (c.data->>'name' ilike {"{0}"} or c.data->>'phone' ilike {"{0}"}) and {Seen(sight, conditions, "p")}
        """;

    /// <param name="alsoMerged">A search finds a project by every name that it was entered under.</param>
    internal Conditions ToSql(Sight sight, Rows then, bool alsoMerged = false)
    {
        var (conditions, today) = (new Conditions(), then.Today);
        foreach (var (field, value) in Fields?.All ?? []) conditions.And($"d.data->'fields'->>{conditions.Parameter(field)} = {{0}}", value);
        return conditions
            .And(Seen(sight, conditions, "d"))
            // Contacts are of now alone: of the past nothing is kept of them.
            .AndFinds(Q, Words, then.OfThePast ? null : $"d.id = any(array({ByContact(sight, conditions)}))")
            .And("d.data->>'industry' = {0}", Industry)
            .And("d.data->>'stage' = {0}", Stage)
            .And("d.data->'stages' @> jsonb_build_array(jsonb_build_object('stage', {0}::text))", Reached)
            .And("lower(d.data->>'standing') = replace({0}, '-', '')", Standing)
            .And("d.data->>'owner' = {0}", Owner)
            .And("d.data->'details'->>'block' = {0}", Block)
            .And("{0} = any(string_to_array(d.data->'details'->>'tags', ' '))", Tag)
            .And("d.data->>'department' = {0}", Department)
            .And("d.data->>'mergedInto' = {0}", MergedInto?.ToString())
            .And(MergedInto is not null || alsoMerged ? "true" : $"d.data->>'mergedInto' is {(Merged is true ? "not null" : "null")}")
            .And($"({DueOn}) < {{0}}", Due switch { "overdue" => today, "week" => today.AddDays(8), _ => null });
    }
}
