using Luodi.Benchmarks;

// A ledger is made anew from its journal before another one grows postings that no journal has.
(string Name, Func<RunningLuodi, Task> Run)[] all = [("rollup", CommitToRollup.Run), ("sessions", OpenSessions.Run), ("append", AppendAgainstMarten.Run), ("lists", ListsAtScale.Run), ("rebuild", RebuildAtScale.Run), ("ledger", LedgerAtScale.Run), ("funds", FundAtScale.Run), ("log", LogAtScale.Run)];
if (args.Except(all.Select(each => each.Name)).Any())
{
    Console.Error.WriteLine($"tests/benchmarks starts this, with all it needs in the environment. There are: {string.Join(' ', all.Select(each => each.Name))}.");
    return 2;
}
var luodi = RunningLuodi.OfEnvironment();
Console.WriteLine($"{Environment.ProcessorCount} cores for clients, services, PostgreSQL and RabbitMQ together");
foreach (var (_, run) in all.Where(each => args is [] || args.Contains(each.Name))) await run(luodi);
return 0;
