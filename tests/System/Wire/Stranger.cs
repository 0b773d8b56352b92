using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Luodi.SystemTests.Wire;

/// <summary>A program that knows RabbitMQ and the CloudEvents format, and nothing else: it binds a queue and reads pages.</summary>
internal sealed class Stranger : IAsyncDisposable
{
    private const string Exchange = "luodi.events";
    private const string Batch = "application/cloudevents-batch+json";

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly Channel<JsonArray> _pages = Channel.CreateUnbounded<JsonArray>();

    private Stranger(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="login">The service whose login it uses.</param>
    public static async Task<Stranger> Listen(string login, string routingKey)
    {
        var connection = await (await Site.Here.Broker(login)).CreateConnectionAsync(Ct);
        var stranger = new Stranger(connection, await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Ct));
        var queue = await stranger._channel.QueueDeclareAsync($"luodi.{login}_{Guid.CreateVersion7():N}", exclusive: true, cancellationToken: Ct);
        await stranger._channel.QueueBindAsync(queue.QueueName, Exchange, routingKey, cancellationToken: Ct);
        var consumer = new AsyncEventingBasicConsumer(stranger._channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var page = delivery.BasicProperties.ContentType == Batch ? JsonNode.Parse(delivery.Body.Span)!.AsArray() : [];
            await stranger._pages.Writer.WriteAsync(page);
        };
        await stranger._channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, Ct);
        return stranger;
    }

    /// <summary>The next page.</summary>
    public async Task<IReadOnlyList<JsonNode>> NextPage()
    {
        var page = await _pages.Reader.ReadAsync(Ct).AsTask().WaitAsync(Waiting.Patience, Ct);
        page.ShouldNotBeEmpty("A page is a batch of CloudEvents with its media type.");
        return [.. page.Select(heard => heard!)];
    }

    /// <summary>Reads until an event of this type about this record came; everything read, in order.</summary>
    public async Task<IReadOnlyList<JsonNode>> ReadUntil(string type, Guid subject)
    {
        var heard = new List<JsonNode>();
        while (!heard.Exists(each => each.Text("type") == type && each.Text("subject") == subject.ToString())) heard.AddRange(await NextPage());
        return heard;
    }

    /// <summary>Puts pages on the exchange, as a relay that repeats itself, or a liar, would.</summary>
    public async Task Publish(string routingKey, params IEnumerable<IReadOnlyList<JsonNode>> pages)
    {
        foreach (var page in pages)
        {
            var body = Encoding.UTF8.GetBytes(new JsonArray([.. page.Select(each => each.DeepClone())]).ToJsonString());
            await _channel.BasicPublishAsync(Exchange, routingKey, mandatory: true, new BasicProperties { ContentType = Batch }, body, Ct);
        }
    }

    /// <summary>Without this binding no page of the source reaches the service any more, and the broker looks well.</summary>
    public Task Withhold(string service, string routingKey) => _channel.ExchangeUnbindAsync($"luodi.{service}", Exchange, routingKey, cancellationToken: Ct);

    public Task LetThrough(string service, string routingKey) => _channel.ExchangeBindAsync($"luodi.{service}", Exchange, routingKey, cancellationToken: Ct);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
