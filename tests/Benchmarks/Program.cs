using Luodi.Benchmarks;

if (args is not [])
{
    Console.Error.WriteLine("tests/benchmarks starts this, with all it needs in the environment.");
    return 2;
}
var luodi = RunningLuodi.OfEnvironment();
Console.WriteLine($"{Environment.ProcessorCount} cores for clients, services, PostgreSQL and RabbitMQ together");
await CommitToRollup.Run(luodi);
await OpenSessions.Run(luodi);
await AppendAgainstMarten.Run(luodi);
return 0;
