using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.Signings.Ceremonies;

namespace Luodi.Signings.Lists;

public static class SearchFeature
{
    public static void MapSearch(this IEndpointRouteBuilder api) => api
        .MapGet("search", async (Sight sight, Rows rows, ProjectsNamed named, CancellationToken ct, string? q = null) =>
        {
            if (string.IsNullOrWhiteSpace(q)) return new { items = (IReadOnlyList<Found>)[] };
            var ceremonies = await rows.Part("d.data", ListCeremoniesFeature.From, ListCeremoniesFeature.Holding(q), "d.data->>'heldOn' desc, d.id desc", 0, Found.Limit, row => rows.Document<Ceremony>(row, 0), ct);
            // The newest first: who searches mostly means what they are working on.
            var agreements = await rows.Part(AgreementFilter.Columns, AgreementFilter.From, new AgreementFilter(q).ToSql(sight, await named.Find(q, ct)), "d.id desc", 0, Found.Limit, AgreementFilter.Read(rows), ct, countTo: Found.Limit);
            // Ceremonies are few and agreements many: where both are found, each has at least half of the room.
            var room = Math.Max(Found.Limit / 2, Found.Limit - agreements.Items.Count);
            var items = ceremonies.Items.Take(room).Select(ceremony => new Found("ceremony", ceremony.Id, ceremony.Name, $"{ceremony.HeldOn:yyyy-MM-dd}"))
                .Concat(agreements.Items.Select(agreement => new Found("agreement", agreement.Id, agreement.Number, agreement.ProjectName is { } project ? $"{project} · {agreement.Counterparty}" : agreement.Counterparty)));
            return new { items = (IReadOnlyList<Found>)[.. items.Take(Found.Limit)] };
        })
        .WithTags("Search")
        .WithSummary("Agreements and ceremonies that hold these words: number, counterparty, project, name")
        .RequireAuthorization(Policies.Read);
}
