using System.Security.Cryptography;
using Luodi.Portal.Accounts;
using Marten;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Scopes = Luodi.Contracts.Portal.Scopes;

namespace Luodi.Portal.SignIn;

/// <summary>The programs as OpenIddict knows them: our services, the command line, and those that the security administrator lets in.</summary>
public sealed class ClientSecrets(IOpenIddictApplicationManager applications, IDocumentStore store, Sessions sessions)
{
    /// <summary>A program on somebody's own machine that signs in with their browser: no secret, so PKCE.</summary>
    public const string CommandLine = "luodi-cli";

    private static readonly Uri BackToCommandLine = new("http://127.0.0.1/callback");

    /// <summary>After a program was let in, its first secret, told in the answer; not to a repeated request, unless the first try ended before there was one.</summary>
    public async Task<IResult> TellFirst(IResult result, CancellationToken ct)
    {
        if (Accepted.StatusOf(result) is null) return result;
        var client = await Registered(Accepted.IdOf(result), ct);
        // A program that was disabled has none any more, and gets none.
        return client.Disabled || await applications.FindByClientIdAsync(client.Login, ct) is not null ? result : await TellAfter(result, client.Id, ct);
    }

    /// <summary>After a command that was accepted, a new secret, told in its answer.</summary>
    public async Task<IResult> TellAfter(IResult result, Guid id, CancellationToken ct)
    {
        if (Accepted.StatusOf(result) is not { } status) return result;
        var client = await Registered(id, ct);
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await Write(Confidential(client.Login, client.Name, secret, client.Scopes), ct);
        await sessions.EndAllOf(Tokens.SubjectOf(client), ct);
        return Results.Json(new { id, clientId = client.Login, clientSecret = secret }, statusCode: status);
    }

    public async Task Void(Guid id, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<ApiClient>(id, ct) is not { } client) return;
        if (await applications.FindByClientIdAsync(client.Login, ct) is { } application) await applications.DeleteAsync(application, ct);
        await sessions.EndAllOf(Tokens.SubjectOf(client), ct);
    }

    /// <summary>Our own services, with the secrets that they are started with, and the command line.</summary>
    public async Task WriteOwn(IEnumerable<KeyValuePair<string, string?>> services, CancellationToken ct)
    {
        foreach (var (service, secret) in services)
        {
            if (secret is not null) await Write(Confidential(service, service, secret, [Scopes.Luodi]), ct);
        }
        await Write(new OpenIddictApplicationDescriptor
        {
            ClientId = CommandLine,
            DisplayName = "Luodi command line",
            ClientType = ClientTypes.Public,
            ConsentType = ConsentTypes.Implicit,
            RedirectUris = { BackToCommandLine },
            Permissions = { Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code, Permissions.Prefixes.Scope + Scopes.Luodi },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        }, ct);
    }

    private async Task<ApiClient> Registered(Guid id, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<ApiClient>(id, ct) ?? throw new InvalidOperationException("What was registered is there.");
    }

    private static OpenIddictApplicationDescriptor Confidential(string id, string name, string secret, IEnumerable<string> scopes)
    {
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            ClientSecret = secret,
            DisplayName = name,
            ClientType = ClientTypes.Confidential,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials },
        };
        foreach (var scope in scopes) descriptor.Permissions.Add(Permissions.Prefixes.Scope + scope);
        return descriptor;
    }

    private async Task Write(OpenIddictApplicationDescriptor descriptor, CancellationToken ct)
    {
        if (await applications.FindByClientIdAsync(descriptor.ClientId!, ct) is not { } known)
        {
            await applications.CreateAsync(descriptor, ct);
        }
        else if (descriptor.ClientSecret is not { } secret || !await applications.ValidateClientSecretAsync(known, secret, ct))
        {
            await applications.UpdateAsync(known, descriptor, ct);
        }
    }
}
