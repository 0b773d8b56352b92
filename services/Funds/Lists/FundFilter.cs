using Luodi.Contracts.Funds;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;

namespace Luodi.Funds.Lists;

/// <summary>Which funds a list, a file or a search shows.</summary>
/// <param name="Q">A part of the name.</param>
/// <param name="Kind">direct-angel, leading-industry, market or own-brand.</param>
/// <param name="Sort">name, kind, targetSize, subscribed, called, committed, disbursed or established, <c>-</c> in front for descending.</param>
public sealed record FundFilter(string? Q = null, string? Kind = null, string? Department = null, string? Sort = null)
{
    internal const string Established = "established";

    internal const string From = "funds.mt_doc_fund d";

    // Ids are UUIDv7: their order is the order in which the funds were entered.
    internal static readonly Sorting Sorting = new("d.id",
        ("name", Sorting.Spoken("d.data->>'name'")),
        ("kind", Sorting.Listed("d.data->>'kind'", FundKinds.All)),
        ("targetSize", "(d.data->'targetSize'->>'value')::numeric"),
        ("committed", "(d.data->'committed'->>'value')::numeric"),
        ("subscribed", "(d.data->>'subscribed')::numeric"),
        ("called", "(d.data->>'called')::numeric"),
        ("disbursed", "(d.data->>'disbursed')::numeric"),
        (Established, "d.id"));

    internal Conditions ToSql(Sight sight)
    {
        var conditions = new Conditions();
        return conditions
            .And(sight.In(conditions, "d.data->>'department'"))
            .AndContains(Q, "d.data->>'name'")
            .And("d.data->>'kind' = {0}", Kind)
            .And("d.data->>'department' = {0}", Department);
    }
}
