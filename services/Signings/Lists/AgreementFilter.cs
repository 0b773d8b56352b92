using System.Data.Common;
using Luodi.Contracts;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.Signings.Agreements;
using Luodi.Signings.KnownProjects;

namespace Luodi.Signings.Lists;

/// <summary>Which agreements a list, a file or a search shows.</summary>
/// <param name="Q">A part of the number, the counterparty, another party or the project's name.</param>
/// <param name="Project">Also of the records that it stands for.</param>
/// <param name="Status">draft, signed, in-force or terminated.</param>
/// <param name="Waiting">What waits for a second person: signing, amendment or termination; <c>any</c> for all that waits.</param>
/// <param name="SignedFrom">The first day of signing.</param>
/// <param name="SignedTo">The last day of signing.</param>
/// <param name="AmountFrom">The least amount, in yuan.</param>
/// <param name="AmountTo">The greatest amount, in yuan.</param>
/// <param name="Tier">intent, framework, agreement or contract.</param>
/// <param name="Chain">The first of those that follow one another: it and all that follow it.</param>
/// <param name="Condition"><c>open</c>: one of its conditions is open.</param>
/// <param name="Sort">number, project, counterparty, tier, industry, amount, signedOn or status, <c>-</c> in front for descending.</param>
public sealed record AgreementFilter(
    string? Q = null, Guid? Ceremony = null, Guid? Project = null, string? Status = null, string? Waiting = null, string? Industry = null, string? Department = null,
    DateOnly? SignedFrom = null, DateOnly? SignedTo = null, decimal? AmountFrom = null, decimal? AmountTo = null, string? Tier = null, Guid? Chain = null, string? Condition = null, string? Sort = null)
{
    internal const string Number = "number";

    // What it was called when the agreement was drafted stands in for a project that was not heard of yet.
    internal const string Columns = "d.data, coalesce(p.data->>'name', d.data->>'projectName')";

    internal const string From = "signings.mt_doc_agreementview d left join signings.mt_doc_knownproject p on p.id = (d.data->>'projectId')::uuid";

    private const string Amount = "(d.data->'amount'->>'value')::numeric";

    // As its index has it.
    private const string SignedOn = "signings.mt_immutable_date(d.data->>'signedOn')";

    internal static readonly Sorting Sorting = new("d.data->>'number'",
        (Number, "d.data->>'number'"),
        ("project", Sorting.Spoken("p.data->>'name'")),
        ("counterparty", Sorting.Spoken("d.data->>'counterparty'")),
        ("tier", Sorting.Listed("d.data->>'tier'", Tiers.All)),
        ("industry", Sorting.Listed("d.data->>'industry'", Industries.All)),
        ("amount", Amount),
        ("signedOn", SignedOn),
        ("status", Sorting.Listed("d.data->>'status'", ["draft", "signed", "in-force", "terminated"])));

    // A line of its own for each, so that no word is found across two names.
    internal const string PartyWords =
        "create or replace function signings.party_words(jsonb) returns text language sql immutable strict parallel safe as $$ select string_agg(value, E'\\n') from jsonb_array_elements_text($1) $$";

    internal static readonly WordIndex Words = new("signings", "mt_doc_agreementview", "agreement_words",
        "{0}->>'number'", "{0}->>'counterparty'", "{0}->>'projectName'", "signings.party_words(nullif({0}->'parties', '[]'))");

    internal static readonly FilterStatistics Statistics = new("signings", "mt_doc_agreementview", "agreement_filters",
        "data->>'status'", "data->>'industry'", "data->>'tier'", "data->>'department'", "(data->'amount'->>'value')::numeric");

    internal Conditions ToSql(Sight sight, Rows then)
    {
        var conditions = new Conditions();
        conditions
            .And(KnownProject.Seen(sight, conditions))
            .AndFinds(Q, Words)
            .And("d.ceremony_id = {0}", Ceremony)
            .And(KnownProject.Of(then), Project)
            .And("d.data->>'status' = {0}", Status)
            .And("d.data->>'industry' = {0}", Industry)
            .And("d.data->>'tier' = {0}", Tier)
            .And("(d.id = {0} or (d.data->>'chain')::uuid = {0})", Chain)
            .And("d.data->>'department' = {0}", Department)
            .And($"{SignedOn} >= {{0}}", SignedFrom)
            .And($"{SignedOn} <= {{0}}", SignedTo)
            .And($"{Amount} >= {{0}}", AmountFrom)
            .And($"{Amount} <= {{0}}", AmountTo)
            .And("{0} = 'open' and d.data->>'status' <> 'terminated' and d.data->'conditions' @> '[{\"status\":\"open\"}]'", Condition);
        return Waiting is "any" ? conditions.And("d.data->>'waiting' is not null") : conditions.And("d.data->>'waiting' = {0}", Waiting);
    }

    internal static Func<DbDataReader, AgreementItem> Read(Rows rows) => row => AgreementItem.Of(rows.Document<AgreementView>(row, 0), row.IsDBNull(1) ? null : row.GetString(1));
}
