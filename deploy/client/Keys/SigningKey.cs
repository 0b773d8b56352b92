using System.Security.Cryptography;

namespace Luodi.Client.Keys;

/// <summary>The key that signs tokens until a sign-in is built: the private half signs here, services check with the public half.</summary>
internal static class SigningKey
{
    private const string PrivateName = "signing.pem";
    private const string PublicName = "signing.pub.pem";

    public static RSA LoadOrCreate(string directory)
    {
        OwnFile.CreateDirectory(directory);
        var path = Path.Combine(directory, PrivateName);
        if (!File.Exists(path))
        {
            using var made = RSA.Create(2048);
            // Whoever comes second when two start at once keeps the first one's key.
            OwnFile.Write(path, made.ExportPkcs8PrivateKeyPem() + "\n", OwnFile.OwnerOnly, replace: false);
        }

        var key = Load(directory);
        var publicPath = Path.Combine(directory, PublicName);
        var publicPem = key.ExportSubjectPublicKeyInfoPem() + "\n";
        if (!File.Exists(publicPath) || File.ReadAllText(publicPath) != publicPem)
            OwnFile.Write(publicPath, publicPem, OwnFile.Everyone, replace: true);
        return key;
    }

    public static RSA Load(string directory)
    {
        var path = Path.Combine(directory, PrivateName);
        if (!File.Exists(path)) throw new ClientException($"There is no {path}: make the keys first (verb 'keys').");
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new ClientException($"{path} is not a private RSA key.");
        }
    }
}
