using Luodi.Client.Api;

namespace Luodi.Client.Import;

/// <summary>Undoes an import by commands, as persons would: nothing is deleted, and what cannot be undone is named.</summary>
internal static class UndoImportVerb
{
    public static Verb Verb { get; } = new("import", "--portal URL --undo ID [--list-only yes]", ["--portal", "--undo", "--list-only"], RunAsync);

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken ct)
    {
        var portal = arguments.Url("--portal");
        var patience = new Patience(TimeProvider.System, what => Console.WriteLine($"Trying again: {what}"));
        using var staff = new LuodiApi(portal, "staff", patience);
        using var staff2 = new LuodiApi(portal, "staff2", patience);
        using var manager = new LuodiApi(portal, "manager", patience);
        var undoing = new UndoImport(arguments.Required("--undo"), staff, staff2, manager, TimeProvider.System, Console.WriteLine);
        return await undoing.RunAsync(onlyLists: arguments.Optional("--list-only") is "yes", ct) ? 0 : ClientException.Failed;
    }
}
