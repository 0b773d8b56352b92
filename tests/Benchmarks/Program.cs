using Luodi.Benchmarks;

if (args is not [var portal, var staffToken, var secondToken, var connection])
{
    Console.Error.WriteLine("Luodi.Benchmarks PORTAL TOKEN SECOND-TOKEN CONNECTION (tests/benchmarks starts it)");
    return 2;
}
using var staff = new Api(portal, staffToken);
using var second = new Api(portal, secondToken);
Console.WriteLine($"{Environment.ProcessorCount} cores for clients, services, PostgreSQL and RabbitMQ together");
await CommitToRollup.Run(staff, second);
await AppendAgainstMarten.Run(staff, connection);
return 0;
