using Luodi.Client.Api;
using Luodi.Client.Rollup;
using Luodi.Client.Workbook;

namespace Luodi.Client.Import;

/// <summary>The whole road of a workbook: read, logged by one person, confirmed by another, and read back from Reporting.</summary>
internal static class DemoVerb
{
    private static readonly TimeSpan WaitForReporting = TimeSpan.FromMinutes(3);

    public static Verb Verb { get; } = new(
        "demo",
        "--portal URL --data FILE [--rows N] [--number-prefix P] [--ceremony NAME] [--another REASON] [--wait SECONDS]",
        ["--portal", "--data", "--rows", "--number-prefix", "--ceremony", "--another", "--wait"],
        RunAsync);

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken ct)
    {
        var portal = arguments.Url("--portal");
        var wait = arguments.Count("--wait") is { } seconds ? TimeSpan.FromSeconds(seconds) : WaitForReporting;
        var workbook = CeremonyWorkbook.Read(arguments.Required("--data"));
        var plan = Plan.For(workbook, arguments.Count("--rows"), arguments.Optional("--number-prefix"), arguments.Optional("--ceremony"));
        Console.WriteLine($"Workbook read: {plan.Rows.Count} rows");

        var patience = new Patience(TimeProvider.System, what => Console.WriteLine($"Trying again: {what}"));
        using var staff = new LuodiApi(portal, "staff", patience);
        using var staff2 = new LuodiApi(portal, "staff2", patience);
        using var manager = new LuodiApi(portal, "manager", patience);

        (staff.Correlation, staff2.Correlation) = (plan.Id, plan.Id);
        var (ceremony, projects) = await new Importing(staff, staff2, Console.WriteLine, arguments.Optional("--another")).ImportAsync(plan, ct);
        Console.WriteLine($"Imported as {plan.Id}. To undo it: import --portal {arguments.Required("--portal")} --undo {plan.Id}");
        (staff.Correlation, staff2.Correlation) = (null, null);
        // A workbook that is imported under other names is no demo.
        if (arguments.Optional("--number-prefix") is null)
        {
            await new DemoProgress(staff, staff2, manager, TimeProvider.System).LogAsync(plan, projects, ct);
            await new DemoFair(staff, staff2, manager).LogAsync(ct);
            await new DemoFunds(staff, staff2, manager).LogAsync([.. plan.Rows.Zip(projects).Where(each => each.First.Illustrative).Select(each => each.Second)], ct);
        }
        var settled = await new Settling(manager, TimeProvider.System, Console.WriteLine).WaitAsync(ceremony, plan, wait, ct);
        if (settled.Report is { } report) Console.Write(RollupTable.Of(report));
        if (settled.Objection is { } objection) throw new ClientException(objection);
        return 0;
    }
}
