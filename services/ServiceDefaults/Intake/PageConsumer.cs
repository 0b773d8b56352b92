using Luodi.Contracts.Wire;
using MassTransit;

namespace Luodi.ServiceDefaults.Intake;

internal sealed class PageConsumer(IEventIntake intake) : IConsumer<Page>
{
    public Task Consume(ConsumeContext<Page> context) => intake.Take(context.Message, context.CancellationToken);
}
