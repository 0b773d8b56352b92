using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;
using Luodi.Signings.Ceremonies;

namespace Luodi.Signings.Lists;

public static class ListCeremoniesFeature
{
    internal const string From = "signings.mt_doc_ceremony d";

    private static readonly Sorting Sorting = new("d.id desc",
        ("heldOn", "d.data->>'heldOn'"),
        ("name", Sorting.Spoken("d.data->>'name'")),
        ("status", Sorting.Listed("d.data->>'status'", Enum.GetNames<CeremonyStatus>())));

    public static void MapListCeremonies(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapGet("", async ([AsParameters] AsOf asOf, Rows rows, CancellationToken ct, string? q = null, bool? open = null, string? sort = null, int skip = 0, int limit = Rows.Limit) =>
        {
            var (order, unknown) = Sorting.Of(sort, "-heldOn");
            if (unknown is not null) return Problems.Of(unknown);
            var then = await rows.At(asOf, ct);
            var found = await then.Part("d.data", From, Holding(q, open), order, skip, limit, row => then.Document<Ceremony>(row, 0), ct);
            return Results.Ok(new { items = found.Items, total = found.Total, next = found.Next });
        })
        .WithSummary("The ceremonies, by default the newest first; `open` for those that are not closed; `skip` takes the `next` of the page before")
        .RequireAuthorization(Policies.Read);

    /// <summary>A ceremony is the bureau's: every department signs at it, and everybody sees it who may read deals.</summary>
    /// <param name="open">true: only those at which something may still be signed; false: only closed ones.</param>
    internal static Conditions Holding(string? words, bool? open = null) =>
        new Conditions().AndContains(words, "d.data->>'name'").And("(d.data->>'status' <> 'Closed') = {0}", open);
}
