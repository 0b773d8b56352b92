namespace Luodi.Client.Keys;

/// <summary>Makes what is missing, and gives every service a fresh token: services read theirs anew on each use.</summary>
internal static class KeysVerb
{
    private static readonly string[] Services = ["signings", "projects", "funds", "reporting", "portal"];

    public static Verb Verb { get; } = new("keys", "DIR", [], (arguments, _) => Task.FromResult(Run(arguments[0])));

    private static int Run(string directory)
    {
        using var key = SigningKey.LoadOrCreate(directory);
        foreach (var service in Services)
        {
            var token = Tokens.Issue(key, Account.Service(service), Tokens.OfAService, TimeProvider.System.GetUtcNow());
            OwnFile.Write(Path.Combine(directory, $"{service}.token"), token, OwnFile.OwnerOnly, replace: true);
        }

        return 0;
    }
}
