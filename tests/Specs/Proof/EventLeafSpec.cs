using System.Text;
using System.Text.Json;
using Luodi.Contracts.Wire;
using Luodi.Proof;
using Luodi.Proof.Tree;
using Luodi.Specs.Wire;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof;

/// <summary>An event as an entry of the log: its canonical header, which names its payload.</summary>
public sealed class EventLeafSpec
{
    private static readonly CloudEvent Event = CloudEventSpec.Sample;

    // datasha256 is SHA-256 of {"amount":{"currency":"CNY","value":90000000.10}}.
    private const string Header = """
        {"actor":"staff","causationid":"r-1","correlationid":"c-1","datacontenttype":"application/json","datasha256":"DIGEST","effectiveon":"2023-09-28","id":"018acd2e-6b00-7000-8000-000000000010","previous":"00000000000000000040","reason":"补录","sequence":"00000000000000000042","source":"/nanhu/signings","specversion":"1.0","subject":"018acd2e-6b00-7000-8000-000000000004","time":"2023-09-28T01:02:03.045600Z","type":"agreement_signed"}
        """;

    [Fact]
    public void The_entry_is_the_header_and_the_payload_stands_beside_it()
    {
        Encoding.UTF8.GetString(EventLeaf.Payload(Event)).ShouldBe("""{"amount":{"currency":"CNY","value":90000000.10}}""");
        var header = Header.Replace("DIGEST", Digest.Sha256("""{"amount":{"currency":"CNY","value":90000000.10}}"""u8).ToHex(), StringComparison.Ordinal);
        Encoding.UTF8.GetString(EventLeaf.Entry(Event)).ShouldBe(header);
        EventLeaf.Hash(Event).ShouldBe(Digest.Sha256([0, .. Encoding.UTF8.GetBytes(header)]));
    }

    [Fact]
    public void A_payload_belongs_to_its_header()
    {
        var (entry, payload) = (EventLeaf.Entry(Event), EventLeaf.Payload(Event));
        EventLeaf.CheckPayload(entry, payload).GetProperty("type").GetString().ShouldBe("agreement_signed");
        for (var at = 0; at < payload.Length; at++)
        {
            var changed = payload.ToArray();
            changed[at] ^= 1;
            Refused.Because(Flaw.Payload, () => EventLeaf.CheckPayload(entry, changed));
        }
        Refused.Because(Flaw.Payload, () => EventLeaf.CheckPayload(entry, []));
        Refused.Because(Flaw.Payload, () => EventLeaf.CheckPayload(entry, (byte[])[.. payload, (byte)' ']));
    }

    [Fact]
    public void An_erased_payload_leaves_the_entry_readable() => EventLeaf.ReadHeader(EventLeaf.Entry(Event)).GetProperty("actor").GetString().ShouldBe("staff");

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"datasha256\":1}")]
    [InlineData("{\"datasha256\":\"00\"}")]
    [InlineData("{\"datasha256\":\"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855\"}")]
    [InlineData("{\"data\":1,\"datasha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}")]
    [InlineData("{\"datasha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\" }")]
    [InlineData("{\"datasha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}\n")]
    [InlineData("{\"datasha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",}")]
    [InlineData("{\"type\":\"x\",\"datasha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}")]
    [InlineData("{\"datasha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"type\":\"x\",\"type\":\"y\"}")]
    [InlineData("{\"datasha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"type\":\"\\u0078\"}")]
    [InlineData("{\"datasha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"type\":\"\\ud800\"}")]
    public void Anything_else_is_no_header(string entry) => Refused.Because(Flaw.Header, () => EventLeaf.ReadHeader(Encoding.UTF8.GetBytes(entry)));

    [Fact]
    public void A_header_is_UTF_8_and_not_deep()
    {
        Refused.Because(Flaw.Header, () => EventLeaf.ReadHeader((byte[])[.. "{\"datasha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"type\":\""u8, 0xFF, .. "\"}"u8]));
        Refused.Because(Flaw.Header, () => EventLeaf.ReadHeader(Encoding.UTF8.GetBytes(new string('[', 10_000))));
    }

    [Fact]
    public void A_payload_of_any_size_is_logged_and_a_header_of_64_KiB_is_not()
    {
        EventLeaf.Entry(Event with { Data = JsonSerializer.SerializeToElement(new string('x', 200_000)) }).Length.ShouldBeLessThan(1_000);
        var room = 65_535 - EventLeaf.Entry(Event with { Reason = "" }).Length;
        var entry = EventLeaf.Entry(Event with { Reason = new string('x', room) });
        entry.Length.ShouldBe(65_535);
        EventLeaf.ReadHeader(entry);
        Refused.Because(Flaw.EntryLength, () => EventLeaf.Entry(Event with { Reason = new string('x', room + 1) }));
        Refused.Because(Flaw.EntryLength, () => EventLeaf.ReadHeader(new byte[65_536]));
    }

    [Fact]
    public void An_event_is_proven_from_its_bytes_alone()
    {
        var frontier = Frontier.Empty.Append(EventLeaf.Hash(Event));
        var entry = EventLeaf.Entry(Event);
        EventLeaf.CheckPayload(entry, EventLeaf.Payload(Event));
        MerkleTree.CheckInclusion(MerkleTree.Leaf(entry), 0, 1, frontier.Root, []);
    }
}
