namespace Luodi.Client.Keys;

/// <summary>Prints a person's token and nothing else, so that a shell can take it.</summary>
internal static class TokenVerb
{
    public static Verb Verb { get; } = new("token", "ACCOUNT DIR", [], (arguments, _) => Task.FromResult(Run(arguments[0], arguments[1])));

    private static int Run(string subject, string directory)
    {
        var account = Account.Find(subject);
        using var key = SigningKey.Load(directory);
        Console.WriteLine(Tokens.Issue(key, account, Tokens.OfAPerson, TimeProvider.System.GetUtcNow()));
        return 0;
    }
}
