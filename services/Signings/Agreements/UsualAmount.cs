using Luodi.Contracts;
using Luodi.ServiceDefaults.Identity;
using Npgsql;

namespace Luodi.Signings.Agreements;

/// <summary>What an agreement is usually about, so that an amount entered in a wrong unit is asked about once more.</summary>
/// <param name="Median">Null while there is none.</param>
/// <param name="Count">Of how many signed agreements.</param>
public sealed record UsualAmount(Money? Median, long Count);

public static class UsualAmountFeature
{
    // The latest ones: what was usual ten years ago says little about today.
    private const int Latest = 500;

    public static void MapUsualAmount(this IEndpointRouteBuilder agreements) => agreements
        .MapGet("usual-amount", async (NpgsqlDataSource store, CancellationToken ct) =>
        {
            await using var command = store.CreateCommand($"""
                select count(*), round((percentile_disc(0.5) within group (order by latest.yuan))::numeric, 2)
                from (select (d.data->'amount'->>'value')::numeric as yuan from signings.mt_doc_agreementview d where d.data->>'status' in ('signed', 'in-force') order by d.id desc limit {Latest}) latest
                """);
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            return new UsualAmount(reader.IsDBNull(1) ? null : Money.Yuan(reader.GetDecimal(1)), reader.GetInt64(0));
        })
        .WithSummary("The median amount of the latest signed agreements of the bureau")
        .RequireAuthorization(Policies.Read);
}
