using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Luodi.Portal.SignIn;

/// <summary>
/// The keys that sign tokens, as PFX files in <c>Auth:Keys</c>, each locked with <c>Auth:KeyPassword</c>. The newest one that is
/// valid signs; one that becomes valid later is published already, so that every service knows it before it is used. The folder
/// is looked at again and again: a new file counts without a restart.
/// </summary>
public sealed class KeyFiles : IOptionsChangeTokenSource<OpenIddictServerOptions>, IDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(90);
    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);
    private readonly string _folder;
    private readonly string _password;
    private readonly TimeProvider _clock;
    /// <summary>Longer than services wait until they ask for keys anew.</summary>
    private readonly TimeSpan _publishedAhead;
    private IReadOnlyList<Key> _signing = [];
    private string _seen = "";
    private CancellationTokenSource _changed = new();

    public KeyFiles(IConfiguration configuration, TimeProvider clock)
    {
        _folder = configuration["Auth:Keys"] ?? throw new InvalidOperationException("Auth:Keys is not set.");
        _password = configuration["Auth:KeyPassword"] ?? throw new InvalidOperationException("Auth:KeyPassword is not set.");
        _clock = clock;
        _publishedAhead = configuration.GetValue("Auth:KeysPublishedAhead", TimeSpan.FromDays(1));
        if (Files("signing").Length == 0) Make("signing", clock.GetUtcNow());
        if (Files("protection").Length == 0) Make("protection", clock.GetUtcNow());
        Protection = Load(Files("protection")[0]);
        Look();
    }

    public string? Name => Options.DefaultName;

    /// <summary>Encrypts codes and the keys of cookies.</summary>
    public X509Certificate2 Protection { get; }

    /// <summary>Every key that a token may be signed with, the one in use and the next one too.</summary>
    public IReadOnlyList<SigningCredentials> Signing => [.. _signing.Select(key => key.Credentials)];

    /// <summary>The key in use.</summary>
    public SigningCredentials Current => InUse().Credentials;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    /// <summary>Makes the next key; it is used once every service has had the time to learn of it.</summary>
    public void Rotate() => Make("signing", _clock.GetUtcNow() + _publishedAhead);

    /// <summary>Looks at the folder; true where another key is used or published from now on.</summary>
    public bool Look()
    {
        if (_signing.Count > 0 && _signing[^1].From + Renewal < _clock.GetUtcNow().UtcDateTime) Rotate();
        var files = Files("signing");
        if (_signing.Count > 0 && $"{string.Join('\n', files)}\n{InUse().Certificate.Thumbprint}" == _seen) return false;
        var now = _clock.GetUtcNow().UtcDateTime;
        _signing = [.. files.Select(Load).Where(certificate => certificate.NotAfter.ToUniversalTime() > now).OrderBy(certificate => certificate.NotBefore).Select(Key.Of)];
        _seen = $"{string.Join('\n', files)}\n{InUse().Certificate.Thumbprint}";
        Interlocked.Exchange(ref _changed, new CancellationTokenSource()).Cancel();
        return true;
    }

    private Key InUse() => _signing.LastOrDefault(key => key.From <= _clock.GetUtcNow().UtcDateTime) ?? _signing[0];

    private string[] Files(string name)
    {
        Directory.CreateDirectory(_folder);
        return [.. Directory.EnumerateFiles(_folder, $"{name}-*.pfx").Order(StringComparer.Ordinal)];
    }

    private X509Certificate2 Load(string path) => X509CertificateLoader.LoadPkcs12FromFile(path, _password, X509KeyStorageFlags.EphemeralKeySet);

    // Appears whole or not at all: other portals look at the folder too.
    private void Make(string name, DateTimeOffset from)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN=Luodi {name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(name == "signing" ? X509KeyUsageFlags.DigitalSignature : X509KeyUsageFlags.KeyEncipherment, critical: true));
        using var certificate = request.CreateSelfSigned(from.AddMinutes(name == "signing" ? 0 : -5), from + (name == "signing" ? Validity : Validity * 10));
        var path = Path.Combine(_folder, $"{name}-{from.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}.pfx");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream($"{path}.new", options)) file.Write(certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, _password));
        File.Move($"{path}.new", path, overwrite: false);
    }

    public void Dispose()
    {
        _changed.Dispose();
        Protection.Dispose();
        foreach (var key in _signing) key.Certificate.Dispose();
    }

    // Made when the folder is read and not at each token: a key that is made anew is prepared for signing anew.
    private sealed record Key(X509Certificate2 Certificate, SigningCredentials Credentials)
    {
        public DateTime From => Certificate.NotBefore.ToUniversalTime();

        public static Key Of(X509Certificate2 certificate) => new(certificate, new SigningCredentials(new X509SecurityKey(certificate), SecurityAlgorithms.RsaSha256));
    }
}

/// <summary>Has the folder of keys looked at.</summary>
internal sealed class KeyWatch(KeyFiles keys, TimeProvider clock, ILogger<KeyWatch> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (keys.Look()) log.LogInformation("Tokens are signed with {Key}; {Count} keys are published", keys.Current.Key.KeyId, keys.Signing.Count);
            }
            catch (Exception unreadable) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The keys could not be read: {Problem}", unreadable.Message);
            }
        }
    }
}
