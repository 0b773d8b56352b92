using Luodi.Contracts.Portal;
using Luodi.Portal.Accounts;
using Luodi.Portal.Services;
using Luodi.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace Luodi.Portal.SignIn;

/// <summary>How the front door is hosted: credentials, sessions, tokens.</summary>
public static class SignInHosting
{
    /// <summary>A bearer token where there is one, else the session's cookie.</summary>
    private const string Front = "front";

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddDbContext<CredentialsDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.MigrationsHistoryTable("migrations", CredentialsDb.Schema))
            .UseOpenIddict());
        var keys = new KeyFiles(configuration, TimeProvider.System);
        services.AddSingleton(_ => keys);
        services.AddSingleton<TokenMint>();
        services.AddSingleton<Accounts.Directory>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SecurityLog>();
        services.AddScoped<Passwords>();
        services.AddScoped<ClientSecrets>();
        services.AddScoped<SignInFeature>();
        services.AddScoped<AuthenticationStateProvider, SessionState>();
        services.AddMemoryCache();
        services.AddScoped<Caller>();
        services.AddSingleton<ServiceDefaults.Identity.IOwnToken, MintedToken>();
        services.AddCascadingAuthenticationState();
        services.AddHostedService<KeyWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<Sessions>());
        services.AddHostedService<OwnClients>();

        // Locked with a key that is not in the database: a copy of the database makes no cookie.
        services.AddDataProtection().SetApplicationName("luodi").PersistKeysToDbContext<CredentialsDb>()
            .ProtectKeysWithCertificate(keys.Protection).UnprotectKeysWithAnyCertificate(keys.Protection);

        services.AddIdentityCore<Credentials>(options =>
            {
                options.Password.RequiredLength = 12;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = configuration.GetValue("Auth:FailuresUntilLocked", 5);
                options.Lockout.DefaultLockoutTimeSpan = configuration.GetValue("Auth:LockedFor", TimeSpan.FromMinutes(15));
                options.User.RequireUniqueEmail = false;
            })
            .AddUserStore<CredentialsStore>()
            .AddPasswordValidator<GuessablePasswords>()
            .AddTokenProvider<AuthenticatorTokenProvider<Credentials>>(TokenOptions.DefaultAuthenticatorProvider);

        services.AddAuthentication(options => options.DefaultScheme = Front)
            .AddPolicyScheme(Front, Front, options => options.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.Count > 0 ? JwtBearerDefaults.AuthenticationScheme : SessionCookie.Scheme)
            .AddSessionCookies(configuration)
            .AddExternalProvider(configuration);
        // The portal checks tokens with the very keys that it signs with, and is the one that knows of ended sessions.
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).PostConfigure(options =>
        {
            options.ConfigurationManager = null;
            options.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, _, _) => keys.Signing.Select(signing => signing.Key);
            var validated = options.Events.OnTokenValidated;
            options.Events.OnTokenValidated = async context =>
            {
                await validated(context);
                if (context.HttpContext.RequestServices.GetRequiredService<Sessions>().HasEnded(context.Principal!, SessionCookie.BeganAt(context.Principal!))) context.Fail("The session has ended.");
            };
        });
        services.AddDuties();
        builder.AddCommand("migrate", MigrateCredentials);
        // Pages are for people with an account; what everybody may see says so.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        services.AddOptions<OpenIddictServerOptions>().Configure(options =>
        {
            options.SigningCredentials.AddRange(keys.Signing);
            options.EncryptionCredentials.Add(new EncryptingCredentials(new X509SecurityKey(keys.Protection), SecurityAlgorithms.RsaOAEP, SecurityAlgorithms.Aes256CbcHmacSha512));
        });
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(_ => keys);
        services.AddOpenIddict()
            .AddCore(options => options.UseEntityFrameworkCore().UseDbContext<CredentialsDb>())
            .AddServer(options =>
            {
                options.SetIssuer(TokenMint.Issuer(configuration))
                    .SetAuthorizationEndpointUris("connect/authorize")
                    .SetTokenEndpointUris("connect/token")
                    .SetAccessTokenLifetime(Tokens.Lifetime)
                    .RegisterScopes([Scopes.Luodi, .. Scopes.OfPrograms])
                    .DisableAccessTokenEncryption();
                options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowClientCredentialsFlow();
                var http = options.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough();
                if (configuration.GetValue<bool>("Auth:AllowHttp")) http.DisableTransportSecurityRequirement();
            });
    }

    /// <summary>Brings the credentials' tables up to date.</summary>
    private static async Task MigrateCredentials(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CredentialsDb>().Database.MigrateAsync(ct);
    }

    private sealed class MintedToken(TokenMint mint) : ServiceDefaults.Identity.IOwnToken
    {
        public ValueTask<string> Get(CancellationToken ct) => new(mint.ForItself());
    }

    /// <summary>Registers our own services at each start with the secrets they are started with, and forgets used codes.</summary>
    private sealed class OwnClients(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<OwnClients> log) : BackgroundService
    {
        private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ClientSecrets>().WriteOwn(configuration.GetSection("Auth:Services").AsEnumerable(makePathsRelative: true), cancellationToken);
            await base.StartAsync(cancellationToken);
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(PruneEvery, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await using var scope = scopes.CreateAsyncScope();
                var before = clock.GetUtcNow() - PruneEvery;
                try
                {
                    await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, stoppingToken);
                    await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning(e, "Used codes are not forgotten; in an hour again");
                }
            }
        }
    }
}
