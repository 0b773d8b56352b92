using Luodi.Client.Api;
using Luodi.Client.Import;

namespace Luodi.Client.Rollup;

/// <summary>Prints what Reporting shows of a ceremony, as a manager sees it.</summary>
internal static class RollupVerb
{
    public static Verb Verb { get; } = new("rollup", "--portal URL [--ceremony NAME]", ["--portal", "--ceremony"], RunAsync);

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken ct)
    {
        // What is printed is the table only: notices go where they do not mix with it.
        var patience = new Patience(TimeProvider.System, what => Console.Error.WriteLine($"Trying again: {what}"));
        using var manager = new LuodiApi(arguments.Url("--portal"), "manager", patience);

        var name = arguments.Optional("--ceremony") ?? ArticleCeremony.Name;
        var ceremonies = await manager.GetAsync<CeremonyList>("api/reporting/ceremonies", ct);
        var found = ceremonies.Items.Where(ceremony => ceremony.Name == name).ToArray();
        if (found.Length == 0) throw new ClientException($"Reporting knows no ceremony {name}.");

        foreach (var ceremony in found)
            Console.Write(RollupTable.Of(await manager.GetAsync<CeremonyReport>($"api/reporting/ceremonies/{ceremony.Id}", ct)));
        return 0;
    }
}
