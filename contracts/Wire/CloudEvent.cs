using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Luodi.Contracts.Wire;

/// <summary>One event on its way, as a CloudEvent 1.0 (https://github.com/cloudevents/spec, JSON format) with Luodi's extension attributes.</summary>
public sealed record CloudEvent
{
    /// <summary>Always 1.0.</summary>
    [JsonPropertyName("specversion")] public string SpecVersion { get; init; } = "1.0";

    /// <summary>The event's own id; (source, id) is unique.</summary>
    [JsonPropertyName("id")] public required Guid Id { get; init; }

    /// <summary><c>/BUREAU/SERVICE</c>, for instance <c>/nanhu/signings</c>.</summary>
    [JsonPropertyName("source")] public required string Source { get; init; }

    /// <summary>The stored name of the event.</summary>
    [JsonPropertyName("type")] public required string Type { get; init; }

    /// <summary>The id of the aggregate that the event is about.</summary>
    [JsonPropertyName("subject")] public required string Subject { get; init; }

    /// <summary>When it was recorded, UTC, to the microsecond.</summary>
    [JsonPropertyName("time"), JsonConverter(typeof(InstantConverter))] public required DateTimeOffset Time { get; init; }

    /// <summary>Always <c>application/json</c>.</summary>
    [JsonPropertyName("datacontenttype")] public string DataContentType { get; init; } = "application/json";

    /// <summary>The event's place in its source's store; a string on the wire, zero-padded, since CloudEvents' integers have 32 bits. Places have holes.</summary>
    [JsonPropertyName("sequence"), JsonConverter(typeof(SequenceConverter))] public required long Sequence { get; init; }

    /// <summary>The place of the event that the same source relayed before, 0 before the first: who holds it has everything up to here.</summary>
    [JsonPropertyName("previous"), JsonConverter(typeof(SequenceConverter))] public required long Previous { get; init; }

    /// <summary>Who did it: the <c>sub</c> of the signed token.</summary>
    [JsonPropertyName("actor")] public string? Actor { get; init; }

    /// <summary>Why, in the actor's words.</summary>
    [JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }

    /// <summary>The day from which the fact holds.</summary>
    [JsonPropertyName("effectiveon"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateOnly? EffectiveOn { get; init; }

    /// <summary>What belongs to one request carries the same.</summary>
    [JsonPropertyName("correlationid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CorrelationId { get; init; }

    /// <summary>The request, or the event, that brought this about.</summary>
    [JsonPropertyName("causationid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CausationId { get; init; }

    /// <summary>The event, as its source stored it: digit for digit.</summary>
    [JsonPropertyName("data")] public required JsonElement Data { get; init; }

    /// <summary>The event as its contract.</summary>
    public T Read<T>() => Data.Deserialize<T>(WireJson.Options) ?? throw new JsonException($"{Type} {Id} of {Source} has no data.");
}

internal sealed class SequenceConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        long.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : throw new JsonException("A sequence is a string of digits.");

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("D20", CultureInfo.InvariantCulture));
}

internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
}
