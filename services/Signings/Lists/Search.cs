using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Lists;
using Luodi.ServiceDefaults.Recall;
using Luodi.Signings.Ceremonies;
using Luodi.Signings.Obligations;

namespace Luodi.Signings.Lists;

public static class SearchFeature
{
    public static void MapSearch(this IEndpointRouteBuilder api) => api
        .MapGet("search", async ([AsParameters] AsOf asOf, Sight sight, Rows rows, CancellationToken ct, string? q = null) =>
        {
            if (string.IsNullOrWhiteSpace(q)) return new { items = (IReadOnlyList<Found>)[] };
            var then = await rows.At(asOf, ct);
            var ceremonies = await then.Part("d.data", ListCeremoniesFeature.From, ListCeremoniesFeature.Holding(q), "d.data->>'heldOn' desc, d.id desc", 0, Found.Limit, row => then.Document<Ceremony>(row, 0), ct);
            // The newest first: who searches mostly means what they are working on.
            var agreements = await then.Part(AgreementFilter.Columns, AgreementFilter.From, new AgreementFilter(q).ToSql(sight, then), "d.id desc", 0, Found.Limit, AgreementFilter.Read(then), ct, countTo: Found.Limit);
            var obligations = await then.Part(
                ObligationFilter.Columns, ObligationFilter.Tables, new ObligationFilter(Q: q).ToSql(sight, then), "d.id desc", 0, Found.Limit, ListObligationsFeature.Read(then), ct);
            return new
            {
                items = (IReadOnlyList<Found>)
                [
                    .. ceremonies.Items.Select(ceremony => new Found("ceremony", ceremony.Id, ceremony.Name, $"{ceremony.HeldOn:yyyy-MM-dd}")),
                    .. agreements.Items.Select(agreement => new Found("agreement", agreement.Id, agreement.Number, agreement.ProjectName is { } project ? $"{project} · {agreement.Counterparty}" : agreement.Counterparty)),
                    .. obligations.Items.Select(obligation => new Found("obligation", obligation.Id, obligation.Text ?? obligation.Kind, string.Join(" · ", ((string?[])[obligation.AgreementNumber, obligation.ProjectName, $"{obligation.DueOn:yyyy-MM-dd}"]).OfType<string>()))),
                ],
            };
        })
        .WithTags("Search")
        .WithSummary("Agreements, ceremonies and obligations that hold these words: number, parties, project, name, clause; an obligation without a clause has its kind as its title")
        .RequireAuthorization(Policies.Read);
}
