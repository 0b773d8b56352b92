using System.Text.Json;
using Luodi.Contracts.Wire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Luodi.ServiceDefaults.Relay;

/// <summary>This process's own connection to RabbitMQ for what a confirm must be waited for with a limit: publishing pages, and looking after its queue.</summary>
public sealed class Broker(ServiceIdentity service, IConfiguration configuration, ILogger<Broker> log) : IAsyncDisposable
{
    public const string Exchange = "luodi.events";

    /// <summary>Takes what no queue is bound for; whoever runs the system may bind a queue to it and look.</summary>
    public const string Unrouted = "luodi.unrouted";

    public static readonly IReadOnlyDictionary<string, object?> ExchangeArguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["alternate-exchange"] = Unrouted };

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>Publishes a page and returns once the broker has confirmed it. A page that no queue took counts as sent: consumers read the feed.</summary>
    public async Task Publish(Page page, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(page, WireJson.Options);
        var properties = new BasicProperties
        {
            ContentType = Page.ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            MessageId = page.Events[0].Id.ToString(),
            AppId = service.Source,
        };
        await Use(async channel =>
        {
            try
            {
                await channel.BasicPublishAsync(Exchange, service.RoutingKey, mandatory: true, properties, body, ct);
            }
            catch (PublishException returned) when (returned.IsReturn)
            {
                log.LogWarning("No queue took events {First} to {Last}: consumers will read them from the feed", page.Events[0].Sequence, page.Events[^1].Sequence);
            }
        }, ct);
    }

    /// <summary>How many consumers the queue has; null where there is no such queue.</summary>
    public async Task<uint?> Consumers(string queue, CancellationToken ct)
    {
        uint? consumers = null;
        await Use(async channel =>
        {
            try
            {
                consumers = (await channel.QueueDeclarePassiveAsync(queue, ct)).ConsumerCount;
            }
            catch (OperationInterruptedException closed) when (closed.ShutdownReason?.ReplyCode is 404)
            {
                _channel = null;
            }
        }, ct);
        return consumers;
    }

    /// <summary>Deletes a queue that serves nobody any more; its consumer declares it anew.</summary>
    public Task Delete(string queue, CancellationToken ct) => Use(channel => channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, noWait: false, ct), ct);

    private async Task Use(Func<IChannel, Task> work, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await work(await Channel(ct));
        }
        catch
        {
            // A confirm can stay away for ever across a restart of the broker: a new connection is the only sure way on.
            await Drop();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IChannel> Channel(CancellationToken ct)
    {
        if (_channel is { IsOpen: true }) return _channel;
        if (_connection is not { IsOpen: true })
        {
            await Drop();
            var factory = new ConnectionFactory
            {
                Uri = new Uri(configuration.GetConnectionString("Broker") ?? throw new InvalidOperationException("ConnectionStrings:Broker is not set.")),
                ClientProvidedName = $"{service.Name} relay",
                AutomaticRecoveryEnabled = false,
                RequestedConnectionTimeout = TimeSpan.FromSeconds(3),
                ContinuationTimeout = TimeSpan.FromSeconds(5),
            };
            _connection = await factory.CreateConnectionAsync(ct);
        }
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
        await _channel.ExchangeDeclareAsync(Unrouted, ExchangeType.Fanout, durable: true, cancellationToken: ct);
        await _channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, arguments: ExchangeArguments.ToDictionary(StringComparer.Ordinal), cancellationToken: ct);
        return _channel;
    }

    private async Task Drop()
    {
        var connection = _connection;
        (_connection, _channel) = (null, null);
        if (connection is null) return;
        try
        {
            await connection.CloseAsync(TimeSpan.FromSeconds(1));
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or AlreadyClosedException or TimeoutException or OperationInterruptedException)
        {
            log.LogDebug(gone, "The old connection did not close cleanly");
        }
        finally
        {
            connection.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Drop();
        _gate.Dispose();
    }
}
