using JasperFx.Events;
using Luodi.Contracts.Portal;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Decisions;
using Marten;
using Marten.Events.Aggregation;

namespace Luodi.Portal.Accounts;

/// <summary>A program of somebody else that calls the API.</summary>
/// <param name="Login">Its client id.</param>
public sealed record ApiClient(Guid Id, string Login, string Name, IReadOnlyList<string> Scopes, string? Department, bool Disabled, long Version);

public static class ApiClientHistory
{
    public static ApiClient? Evolve(ApiClient? client, object fact) => (client, fact) switch
    {
        (null, ClientRegistered e) => new(e.ClientId, e.Login, e.Name, e.Scopes.Split(' '), e.Department, Disabled: false, 0),
        ({ } c, ClientDisabled) => c with { Disabled = true },
        _ => client,
    };
}

public sealed partial class ApiClientProjection : SingleStreamProjection<ApiClient, Guid>
{
    public override ApiClient? Evolve(ApiClient? snapshot, Guid id, IEvent e) => ApiClientHistory.Evolve(snapshot, e.Data) is { } client ? client with { Version = e.Version } : null;
}

/// <param name="Login">The client id: 2 to 32 small letters, digits, dots and hyphens, a letter first.</param>
/// <param name="Scopes">deals.read, deals.write, figures.read, feed.read.</param>
/// <param name="Department">Whose deals it reads and logs; needed to log.</param>
public sealed record RegisterClient(string? Login, string? Name, IReadOnlyList<string>? Scopes, string? Department);

/// <summary>Programs that come in with an id and a secret, held to their scopes.</summary>
public static class ProgramsFeature
{
    public sealed record ScopesUnknown() : Refusal("Give one or more of deals.read, deals.write, figures.read, feed.read.", "scopes");

    public sealed record WritersNeedDepartment() : Refusal("A program that logs deals does so for a department.", "department");

    public sealed record ClientIsDisabled() : Refusal("The program is disabled already.");

    public static void MapPrograms(this IEndpointRouteBuilder programs)
    {
        programs.MapGet("", async (IQuerySession session, CancellationToken ct) => new { items = await session.Query<ApiClient>().OrderBy(client => client.Login).ToListAsync(ct) })
            .WithSummary("Programs that may call the API")
            .RequireAuthorization(Duties.ReadAccounts);

        programs.MapPost("", async (RegisterClient command, Deciding<ApiClient> client, ClientSecrets secrets, CancellationToken ct) =>
            await secrets.TellFirst(
                await client.Start(async (id, facts) => Register(id, command, await Terms.Find(facts, TermKinds.Department, command.Department)), ct), ct))
            .WithSummary("Lets a program in; the answer tells its secret, once")
            .RequireAuthorization(Duties.SecurityAdministration);

        programs.MapPost("{id:guid}/renew-secret", async (Guid id, Deciding<ApiClient> client, ClientSecrets secrets, CancellationToken ct) =>
            await secrets.TellAfter(await client.Decide(id, Renew, ct), id, ct))
            .WithSummary("Gives the program a new secret, told once in the answer; the old one is void at once")
            .RequireAuthorization(Duties.SecurityAdministration);

        programs.MapPost("{id:guid}/disable", async (Guid id, Deciding<ApiClient> client, ClientSecrets secrets, CancellationToken ct) =>
        {
            var result = await client.Decide(id, Disable, ct);
            if (Accepted.StatusOf(result) is not null) await secrets.Void(id, ct);
            return result;
        })
        .WithSummary("Gives the program no tokens any more, and ends those it has")
        .RequireAuthorization(Duties.SecurityAdministration);
    }

    public static Decision Register(Guid id, RegisterClient command, Term? department)
    {
        var wrong = Check.All(
            OpenAccountFeature.WellFormed(command.Login),
            Fields.Text(command.Name, "name"),
            command.Scopes is not { Count: > 0 } || !command.Scopes.All(Scopes.OfPrograms.Contains) ? new ScopesUnknown() : null,
            OpenAccountFeature.Offered(command.Department, department),
            command.Department is null && command.Scopes?.Contains(Scopes.DealsWrite) is true ? new WritersNeedDepartment() : null);
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new ClientRegistered(id, command.Login!.Trim(), command.Name!.Trim(), string.Join(' ', command.Scopes!.Distinct(StringComparer.Ordinal)), command.Department))
                .Reserving(OpenAccountFeature.KeyOf(command.Login.Trim()), new OpenAccountFeature.LoginTaken());
    }

    public static Decision Renew(ApiClient client) => client.Disabled ? new ClientIsDisabled() : Decision.Accept(new ClientSecretRenewed(client.Id));

    public static Decision Disable(ApiClient client) => client.Disabled ? new ClientIsDisabled() : Decision.Accept(new ClientDisabled(client.Id));
}
