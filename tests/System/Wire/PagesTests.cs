using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Luodi.SystemTests.Wire;

/// <summary>A program that knows only RabbitMQ.Client and the CloudEvents format, and pages that come twice, late or not at all.</summary>
[Collection(nameof(Faults.OneFaultAtATime))]
public sealed class PagesTests
{
    private const string Exchange = "luodi.events";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_reads_linked_pages_that_are_the_same_as_the_feed()
    {
        await using var connection = await (await Site.Here.Broker("reporting")).CreateConnectionAsync(Ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        var queue = (await channel.QueueDeclareAsync("luodi.reporting_stranger", exclusive: true, cancellationToken: Ct)).QueueName;
        await channel.QueueBindAsync(queue, Exchange, "nanhu.signings", cancellationToken: Ct);
        var pages = Channel.CreateUnbounded<JsonArray>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            delivery.BasicProperties.ContentType.ShouldBe("application/cloudevents-batch+json");
            return pages.Writer.WriteAsync(JsonNode.Parse(delivery.Body.Span)!.AsArray(), Ct).AsTask();
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, Ct);

        var desk = await Desk.Open();
        var agreement = await desk.Confirmed();
        var heard = new List<JsonNode>();
        while (!heard.Exists(each => each.Text("type") == "signing_confirmed" && each.Text("subject") == agreement.ToString()))
        {
            heard.AddRange((await pages.Reader.ReadAsync(Ct).AsTask().WaitAsync(Waiting.Patience, Ct)).Select(each => each!));
        }
        foreach (var (before, after) in heard.Zip(heard.Skip(1))) after.Text("previous").ShouldBe(before.Text("sequence"));
        heard.ShouldAllBe(each => each.Text("specversion") == "1.0" && each.Text("source") == "/nanhu/signings" && each.Text("sequence").Length == 20);
        var feed = JsonNode.Parse((await Site.Here.Auditor.Get($"api/signings/feed?after={heard[0].Text("previous").TrimStart('0').PadLeft(1, '0')}")).Must(200).Text)!.AsArray();
        feed.Take(heard.Count).Select(each => each!.ToJsonString()).ShouldBe(heard.Select(each => each.ToJsonString()));
    }

    [Fact]
    public async Task Pages_twice_or_out_of_order_change_nothing()
    {
        var desk = await Desk.Open();
        await desk.Confirmed();
        await desk.Shows(1, 90_000_000, 0);
        var position = (await desk.Report())["position"].GetValue<long>();
        var feed = JsonNode.Parse((await Site.Here.Auditor.Get("api/signings/feed?after=0&limit=500")).Must(200).Text)!.AsArray().Select(each => each!.DeepClone()).ToList();
        var halves = feed.Chunk(Math.Max(1, feed.Count / 2)).Select(half => new JsonArray(half)).Reverse().ToList();
        await Publish([.. halves, .. halves.Select(half => (JsonArray)half.DeepClone())]);
        await desk.Confirmed(10_000_000);
        await desk.Shows(2, 100_000_000, 0);
        var report = (await Site.Here.Manager.Get($"api/reporting/postings?ceremony={desk.Ceremony}&limit=500")).Must(200);
        report.Items.Count.ShouldBe(6);
        (await desk.Report())["position"].GetValue<long>().ShouldBeGreaterThan(position);
    }

    [Fact]
    public async Task A_page_withheld_the_last_one_too_is_noticed_and_read_from_the_feed()
    {
        await Site.Here.Restart("reporting", ("Luodi__CompareEvery", "00:00:02"));
        try
        {
            await using var connection = await (await Site.Here.Broker("reporting")).CreateConnectionAsync(Ct);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
            // Without this binding no page of Signings reaches Reporting; the broker looks well.
            await channel.ExchangeUnbindAsync("luodi.reporting", Exchange, "nanhu.signings", cancellationToken: Ct);
            var desk = await Desk.Open();
            await desk.Confirmed();
            await desk.Shows(1, 90_000_000, 0);
            (await Site.Here.Ready("reporting")).ShouldBe("Healthy");
            await channel.ExchangeBindAsync("luodi.reporting", Exchange, "nanhu.signings", cancellationToken: Ct);
            await desk.Confirmed(10_000_000);
            await desk.Shows(2, 100_000_000, 0);
        }
        finally
        {
            await Site.Here.Restart("reporting");
        }
    }

    [Fact]
    public async Task A_rolled_back_append_is_not_taken_for_a_gap()
    {
        var desk = await Desk.Open();
        await desk.Confirmed();
        await Site.Here.Ask<long>("signings", "select nextval('signings.mt_events_sequence')");
        await desk.Confirmed(10_000_000);
        await desk.Shows(2, 100_000_000, 0);
        var intake = (await Site.Here.Manager.Get("api/reporting/intake")).Must(200);
        intake["heads"].AsArray().ShouldAllBe(head => head!["problem"] == null);
    }

    [Fact]
    public async Task The_ledger_made_anew_from_the_journal_is_the_same()
    {
        const string Sum = "select md5(string_agg(p::text, '|' order by position)) from reporting.posting p";
        await Site.Here.Down("reporting");
        var before = await Site.Here.Ask<string>("reporting", Sum);
        await Site.Here.Run("dotnet", [Path.Combine(Site.Checkout, "services", "Reporting", "bin", "Release", "net10.0", "Luodi.Reporting.dll"), "rebuild"],
            [.. (await Site.Here.EnvironmentOf("reporting")).Select(pair => (pair.Key, pair.Value))]);
        (await Site.Here.Ask<string>("reporting", Sum)).ShouldBe(before);
        await Site.Here.Up("reporting");
        await Site.Here.AllHealthy();
    }

    private static async Task Publish(IEnumerable<JsonArray> pages)
    {
        await using var connection = await (await Site.Here.Broker("signings")).CreateConnectionAsync(Ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        foreach (var page in pages)
        {
            await channel.BasicPublishAsync(Exchange, "nanhu.signings", mandatory: true, new BasicProperties { ContentType = "application/cloudevents-batch+json" }, Encoding.UTF8.GetBytes(page.ToJsonString()), Ct);
        }
    }
}
