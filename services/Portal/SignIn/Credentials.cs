using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Luodi.Portal.SignIn;

/// <summary>What somebody shows to prove who they are: password, second factor, how often they failed. Its id is the account's.</summary>
public sealed class Credentials : IdentityUser<Guid>
{
    /// <summary>The password was given out by an administrator.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>The code that was taken last: no code is taken twice.</summary>
    public string? UsedCode { get; set; }
}

/// <summary>Credentials, OpenIddict's clients and codes, and the keys that protect cookies.</summary>
public sealed class CredentialsDb(DbContextOptions<CredentialsDb> options) : IdentityUserContext<Credentials, Guid>(options), IDataProtectionKeyContext
{
    public const string Schema = "credentials";

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
        builder.UseOpenIddict();
    }
}

/// <summary>Keeps the second factor's secret in a form that a copy of the database does not give away.</summary>
internal sealed class CredentialsStore(CredentialsDb db, IDataProtectionProvider protection, IdentityErrorDescriber describer) : UserOnlyStore<Credentials, CredentialsDb, Guid>(db, describer)
{
    private readonly IDataProtector _protector = protection.CreateProtector("second factor");

    public override Task SetAuthenticatorKeyAsync(Credentials user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, _protector.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(Credentials user, CancellationToken cancellationToken) =>
        await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } kept ? _protector.Unprotect(kept) : null;
}
