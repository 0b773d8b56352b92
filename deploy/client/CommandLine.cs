using System.Globalization;
using System.Runtime.InteropServices;

namespace Luodi.Client;

/// <summary>Something the caller can mend: its message is all that is printed.</summary>
public class ClientException(string message, int exitCode = ClientException.Failed) : Exception(message)
{
    public const int Failed = 1;
    public const int WrongUse = 2;

    public int ExitCode { get; } = exitCode;
}

/// <param name="Synopsis">The line after the verb in the usage text; its capitals in front of the first option are the positional arguments.</param>
/// <param name="Options">Names with their dashes; each takes one value.</param>
internal sealed record Verb(string Name, string Synopsis, string[] Options, Func<Arguments, CancellationToken, Task<int>> RunAsync);

internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, params Verb[] verbs)
    {
        using var stop = new CancellationTokenSource();
        var stoppedBy = 0;
        void Stop(PosixSignalContext context)
        {
            // The first signal asks politely, the second one ends the process as it always would.
            context.Cancel = !stop.IsCancellationRequested;
            stoppedBy = context.Signal is PosixSignal.SIGINT ? 130 : 143;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            var verb = Array.Find(verbs, v => args is [var name, ..] && v.Name == name)
                ?? throw new ClientException(Usage(verbs), ClientException.WrongUse);
            return await verb.RunAsync(Arguments.Parse(verb, args[1..]), stop.Token);
        }
        catch (ClientException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted. Run it again: it goes on where it stopped.");
            return stoppedBy;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ClientException.Failed;
        }
    }

    private static string Usage(IEnumerable<Verb> verbs) =>
        string.Join('\n', verbs.Select(verb => $"  {verb.Name} {verb.Synopsis}").Prepend("Usage: Luodi.Client VERB"));
}

internal sealed class Arguments
{
    private readonly Verb verb;
    private readonly List<string> positional = [];
    private readonly Dictionary<string, string> options = new(StringComparer.Ordinal);

    private Arguments(Verb verb) => this.verb = verb;

    public string this[int index] => positional[index];

    public static Arguments Parse(Verb verb, string[] args)
    {
        var arguments = new Arguments(verb);
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                arguments.positional.Add(args[i]);
                continue;
            }

            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            if (!verb.Options.Contains(name, StringComparer.Ordinal)) throw arguments.WrongUse($"There is no option {name}.");
            value ??= ++i < args.Length ? args[i] : throw arguments.WrongUse($"{name} needs a value.");
            if (!arguments.options.TryAdd(name, value)) throw arguments.WrongUse($"{name} is given twice.");
        }

        var expected = verb.Synopsis.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(word => !word.StartsWith('-') && !word.StartsWith('[')).Count();
        return arguments.positional.Count == expected ? arguments : throw arguments.WrongUse("Wrong number of arguments.");
    }

    public string? Optional(string name) => options.GetValueOrDefault(name);

    public string Required(string name) => Optional(name) ?? throw WrongUse($"{name} is missing.");

    public int? Count(string name) => Optional(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 => count,
        var text => throw WrongUse($"{name} must be a whole number above 0, not '{text}'."),
    };

    public Uri Url(string name) =>
        Uri.TryCreate(Required(name), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? new Uri(url.AbsoluteUri.TrimEnd('/') + "/")
            : throw WrongUse($"{name} must be an address such as http://127.0.0.1:5080, not '{Required(name)}'.");

    private ClientException WrongUse(string what) =>
        new($"{what}\nUsage: Luodi.Client {verb.Name} {verb.Synopsis}", ClientException.WrongUse);
}
