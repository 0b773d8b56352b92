using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Luodi.ServiceDefaults.Hosting;

/// <summary>A table whose rows are written once.</summary>
/// <param name="Schema">The service's own, where none is named.</param>
public sealed record WrittenOnce(string Table, string? Schema = null);

/// <summary>
/// Who owns the schema is not who works with it: a service's own login reads and writes its tables and cannot change, delete or empty what is written once, its events before all.
/// The schema is made by <c>ConnectionStrings:Owner</c>, which only a verb such as <c>migrate</c> is told.
/// </summary>
public static class Rights
{
    /// <summary>Gives the service's own login its rights to all that the owner has made by now.</summary>
    public static async Task Grant(IServiceProvider services, CancellationToken ct)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        if (configuration.GetConnectionString("Owner") is null) return;
        var login = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("Store")).Username ?? throw new InvalidOperationException("ConnectionStrings:Store names no login.");
        var schema = services.GetRequiredService<ServiceIdentity>().Schema;
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
        var schemas = new List<string>();
        await using (var own = new NpgsqlCommand("select quote_ident(nspname) from pg_namespace where nspowner = (select oid from pg_roles where rolname = current_user)", connection))
        await using (var row = await own.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct)) schemas.Add(row.GetString(0));
        }
        var to = new NpgsqlCommandBuilder().QuoteIdentifier(login);
        var grants = schemas.Select(each => $"""
            grant usage on schema {each} to {to};
            grant select, insert, update, delete, truncate on all tables in schema {each} to {to};
            grant usage, select, update on all sequences in schema {each} to {to};
            grant execute on all functions in schema {each} to {to};
            """);
        var once = services.GetServices<WrittenOnce>().Prepend(new("mt_events")).Select(once => $"revoke update, delete, truncate on {once.Schema ?? schema}.{once.Table} from {to};");
        await using var command = new NpgsqlCommand(string.Join('\n', [.. grants, .. once]), connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
