using System.Text.Json;
using System.Text.Json.Serialization;

namespace Luodi.Contracts.Wire;

/// <summary>Consecutive events of one source in order: the message that travels. As JSON it is a bare array, a CloudEvents batch (<c>application/cloudevents-batch+json</c>).</summary>
[JsonConverter(typeof(PageConverter))]
public sealed record Page(IReadOnlyList<CloudEvent> Events)
{
    /// <summary>The media type of a page.</summary>
    public const string ContentType = "application/cloudevents-batch+json";
}

internal sealed class PageConverter : JsonConverter<Page>
{
    public override Page Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<CloudEvent[]>(ref reader, options) ?? []);

    public override void Write(Utf8JsonWriter writer, Page value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Events, options);
}
