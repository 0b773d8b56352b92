namespace Luodi.Client.SignIn;

/// <summary>Prints a person's token and nothing else, so that a shell can take it. The password comes as <c>LUODI_PASSWORD</c>.</summary>
internal static class TokenVerb
{
    public static Verb Verb { get; } = new("token", "ACCOUNT --portal URL", ["--portal"], RunAsync);

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken ct)
    {
        var password = Environment.GetEnvironmentVariable("LUODI_PASSWORD") ?? throw new ClientException("LUODI_PASSWORD is not set.", ClientException.WrongUse);
        using var person = new Person(arguments.Url("--portal"), arguments[0], password, TimeProvider.System);
        try
        {
            Console.WriteLine(await person.TokenAsync(ct));
            return 0;
        }
        catch (HttpRequestException away)
        {
            throw new ClientException($"The portal cannot be reached: {Api.Patience.Reason(away)}");
        }
    }
}
