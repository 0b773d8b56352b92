using Luodi.Contracts;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Projects.Lists;

/// <summary>Which projects a list, a file or a search shows.</summary>
/// <param name="Q">A part of the name or the investor.</param>
/// <param name="Stage">lead, negotiating or signed.</param>
/// <param name="Sort">name, investor, industry, stage, expectedInvestment or registered, <c>-</c> in front for descending.</param>
public sealed record ProjectFilter(string? Q = null, string? Industry = null, string? Stage = null, string? Department = null, string? Sort = null)
{
    internal const string Registered = "registered";

    internal const string From = "projects.mt_doc_project d";

    // Ids are UUIDv7: their order is the order of registration.
    internal static readonly Sorting Sorting = new("d.id",
        ("name", Sorting.Spoken("d.data->>'name'")),
        ("investor", Sorting.Spoken("d.data->>'investor'")),
        ("industry", Sorting.Listed("d.data->>'industry'", Industries.All)),
        ("stage", Sorting.Listed("d.data->>'stage'", Enum.GetNames<Stage>())),
        ("expectedInvestment", "(d.data->'expectedInvestment'->>'value')::numeric"),
        (Registered, "d.id"));

    internal Conditions ToSql(Sight sight)
    {
        var conditions = new Conditions();
        return conditions
            .And(sight.In(conditions, "d.data->>'department'", "d.data->'sharedWith' @> to_jsonb({0}::text)"))
            .AndContains(Q, "d.data->>'name'", "d.data->>'investor'")
            .And("d.data->>'industry' = {0}", Industry)
            .And("lower(d.data->>'stage') = {0}", Stage)
            .And("d.data->>'department' = {0}", Department);
    }
}
