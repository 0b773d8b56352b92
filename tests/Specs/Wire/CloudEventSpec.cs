using System.Text;
using System.Text.Json;
using Luodi.Contracts.Signings;
using Luodi.Contracts.Wire;
using Luodi.ServiceDefaults.Relay;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Wire;

/// <summary>What travels, letter for letter: programs in other languages read it.</summary>
public sealed class CloudEventSpec
{
    private const string Signed = """
        {"specversion":"1.0","id":"018acd2e-6b00-7000-8000-000000000010","source":"/nanhu/signings","type":"agreement_signed","subject":"018acd2e-6b00-7000-8000-000000000004","time":"2023-09-28T01:02:03.045600Z","datacontenttype":"application/json","sequence":"00000000000000000042","previous":"00000000000000000040","actor":"staff","reason":"补录","effectiveon":"2023-09-28","correlationid":"c-1","causationid":"r-1","data":{"amount":{"value":90000000.10,"currency":"CNY"}}}
        """;

    private const string Bare = """
        {"specversion":"1.0","id":"018acd2e-6b00-7000-8000-000000000010","source":"/nanhu/signings","type":"signing_confirmed","subject":"018acd2e-6b00-7000-8000-000000000004","time":"2023-09-28T00:00:00.000000Z","datacontenttype":"application/json","sequence":"09223372036854775807","previous":"00000000000000000000","actor":null,"data":{}}
        """;

    internal static CloudEvent Sample { get; } = new()
    {
        Id = Guid.Parse("018acd2e-6b00-7000-8000-000000000010"),
        Source = "/nanhu/signings",
        Type = "agreement_signed",
        Subject = "018acd2e-6b00-7000-8000-000000000004",
        // In China's time, and finer than what a store keeps.
        Time = new DateTimeOffset(2023, 9, 28, 9, 2, 3, 45, TimeSpan.FromHours(8)).AddTicks(6009),
        Sequence = 42,
        Previous = 40,
        Actor = "staff",
        Reason = "补录",
        EffectiveOn = new DateOnly(2023, 9, 28),
        CorrelationId = "c-1",
        CausationId = "r-1",
        Data = JsonElement.Parse("""{"amount":{"value":90000000.10,"currency":"CNY"}}"""),
    };

    private static readonly CloudEvent First = new()
    {
        Id = Sample.Id,
        Source = Sample.Source,
        Type = "signing_confirmed",
        Subject = Sample.Subject,
        Time = new DateTimeOffset(2023, 9, 28, 0, 0, 0, TimeSpan.Zero),
        Sequence = long.MaxValue,
        Previous = 0,
        Data = JsonElement.Parse("{}"),
    };

    [Fact]
    public void A_page_that_is_too_long_for_a_message_goes_in_parts_with_its_links()
    {
        List<CloudEvent> events = [Of(1, 10), Of(2, 10), Of(3, 100), Of(4, 10), Of(5, 10), Of(6, 10)];
        var parts = EventRelay.Parts(new Page(events), 30).ToList();
        parts.Select(part => part.Events.Select(each => each.Sequence)).ShouldBe([[1, 2], [3], [4, 5, 6]]);
        parts.SelectMany(part => part.Events).ShouldBe(events);
        EventRelay.Parts(new Page(events), 1000).Single().Events.ShouldBe(events);

        static CloudEvent Of(long place, int length) => new()
        {
            Id = Guid.CreateVersion7(),
            Source = Sample.Source,
            Type = "report_published",
            Subject = Sample.Subject,
            Time = DateTimeOffset.UnixEpoch,
            Sequence = place,
            Previous = place - 1,
            Data = JsonElement.Parse($"\"{new string('x', length - 2)}\""),
        };
    }

    [Fact]
    public void An_event_is_written_with_CloudEvents_names_padded_places_and_the_instant_in_UTC() => Write(Sample).ShouldBe(Signed);

    [Fact]
    public void What_is_not_known_of_an_event_is_left_out_and_the_largest_place_fits() => Write(First).ShouldBe(Bare);

    [Theory]
    [InlineData(Signed)]
    [InlineData(Bare)]
    public void An_event_that_is_read_and_written_is_the_same_text(string text) => Write(JsonSerializer.Deserialize<CloudEvent>(text, WireJson.Options)!).ShouldBe(text);

    [Fact]
    public void Attributes_of_others_do_no_harm() =>
        JsonSerializer.Deserialize<CloudEvent>(Signed.Replace("\"data\"", "\"traceparent\":\"00-1-2-01\",\"data\"", StringComparison.Ordinal), WireJson.Options)!.Sequence.ShouldBe(42);

    [Theory]
    [InlineData("\"00000000000000000042\"", "42")]
    [InlineData("\"00000000000000000042\"", "\"-42\"")]
    [InlineData("\"00000000000000000042\"", "\"4 2\"")]
    [InlineData("\"00000000000000000042\"", "\"99999999999999999999\"")]
    [InlineData("\"00000000000000000042\"", "null")]
    [InlineData("\"subject\"", "\"subjekt\"")]
    [InlineData("\"previous\"", "\"before\"")]
    public void What_is_no_event_is_not_read(string part, string instead) =>
        Should.Throw<Exception>(() => JsonSerializer.Deserialize<CloudEvent>(Signed.Replace(part, instead, StringComparison.Ordinal), WireJson.Options))
            .ShouldBeAssignableTo<JsonException>();

    [Fact]
    public void An_events_data_is_read_as_its_contract()
    {
        var fact = new SigningConfirmed(Guid.Parse(Sample.Subject));
        (Sample with { Data = JsonSerializer.SerializeToElement(fact, WireJson.Options) }).Read<SigningConfirmed>().ShouldBe(fact);
    }

    [Fact]
    public void A_page_is_a_bare_array_of_events() => JsonSerializer.Serialize(new Page([Sample, First]), WireJson.Options).ShouldBe($"[{Signed},{Bare}]");

    [Fact]
    public void A_page_that_is_read_and_written_is_the_same_text()
    {
        var text = $"[{Signed},{Bare}]";
        var page = JsonSerializer.Deserialize<Page>(text, WireJson.Options)!;
        page.Events.Select(each => each.Sequence).ShouldBe([42, long.MaxValue]);
        JsonSerializer.Serialize(page, WireJson.Options).ShouldBe(text);
    }

    [Fact]
    public void A_page_without_events_is_an_empty_array()
    {
        JsonSerializer.Serialize(new Page([]), WireJson.Options).ShouldBe("[]");
        JsonSerializer.Deserialize<Page>("[]", WireJson.Options)!.Events.ShouldBeEmpty();
    }

    [Fact]
    public void The_canonical_header_has_the_datas_digest_in_its_place_and_sorted_names() =>
        Encoding.UTF8.GetString(Canonical.Header(First)).ShouldBe(
            """{"actor":null,"datacontenttype":"application/json","datasha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","id":"018acd2e-6b00-7000-8000-000000000010","previous":"00000000000000000000","sequence":"09223372036854775807","source":"/nanhu/signings","specversion":"1.0","subject":"018acd2e-6b00-7000-8000-000000000004","time":"2023-09-28T00:00:00.000000Z","type":"signing_confirmed"}""");

    [Fact]
    public void The_canonical_header_of_the_same_data_in_another_order_is_the_same() =>
        Canonical.Header(Sample with { Data = JsonElement.Parse("""{ "amount": { "currency": "CNY", "value": 90000000.10 } }""") }).ShouldBe(Canonical.Header(Sample));

    [Fact]
    public void The_canonical_header_changes_with_anything_that_is_said()
    {
        CloudEvent[] changed =
        [
            Sample with { Id = Guid.CreateVersion7() }, Sample with { Source = "/nanhu/funds" }, Sample with { Type = "agreement_drafted" }, Sample with { Subject = "x" },
            Sample with { Time = Sample.Time.AddMicroseconds(1) }, Sample with { Sequence = 43 }, Sample with { Previous = 41 }, Sample with { Actor = "staff2" },
            Sample with { Reason = null }, Sample with { EffectiveOn = new DateOnly(2023, 9, 27) }, Sample with { CorrelationId = null }, Sample with { CausationId = "r-2" },
            Sample with { Data = JsonElement.Parse("""{"amount":{"value":90000000.1,"currency":"CNY"}}""") },
        ];
        changed.Select(each => Convert.ToHexString(Canonical.Header(each))).Append(Convert.ToHexString(Canonical.Header(Sample))).ShouldBeUnique();
    }

    private static string Write(CloudEvent cloudEvent) => JsonSerializer.Serialize(cloudEvent, WireJson.Options);
}
