using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Luodi.Contracts.Wire;

/// <summary>
/// The one form in which an event is hashed: keys sorted by UTF-16 code unit, no blanks, strings escaped as little as JSON allows
/// (both as in RFC 8785), numbers digit for digit as stored (unlike RFC 8785, which would turn 90000000.00 into a double).
/// PostgreSQL's jsonb reorders keys and keeps digits, so a row of the store and a message on the wire have the same form.
/// </summary>
public static class Canonical
{
    /// <summary>The canonical UTF-8 bytes of any JSON value.</summary>
    public static byte[] Bytes(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The canonical header of an event: the event without <c>data</c>, with <c>datasha256</c> (lower-case hex over the canonical bytes of the data) instead.</summary>
    public static byte[] Header(CloudEvent cloudEvent)
    {
        var members = JsonSerializer.SerializeToElement(cloudEvent, WireJson.Options).EnumerateObject()
            .Where(member => !member.NameEquals("data"))
            .ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        members["datasha256"] = JsonSerializer.SerializeToElement(Convert.ToHexStringLower(SHA256.HashData(Bytes(cloudEvent.Data))));
        return Bytes(JsonSerializer.SerializeToElement(members));
    }

    private static void Write(ArrayBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                output.Write("{"u8);
                var first = true;
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    if (!first) output.Write(","u8);
                    first = false;
                    WriteString(output, member.Name);
                    output.Write(":"u8);
                    Write(output, member.Value);
                }
                output.Write("}"u8);
                break;
            case JsonValueKind.Array:
                output.Write("["u8);
                for (var index = 0; index < value.GetArrayLength(); index++)
                {
                    if (index > 0) output.Write(","u8);
                    Write(output, value[index]);
                }
                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteString(output, value.GetString()!);
                break;
            default:
                output.Write(Encoding.UTF8.GetBytes(value.GetRawText()));
                break;
        }
    }

    private static void WriteString(ArrayBufferWriter<byte> output, string text)
    {
        var escaped = new StringBuilder(text.Length + 2).Append('"');
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\f' => escaped.Append("\\f"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                < ' ' => escaped.Append("\\u").Append(((int)unit).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)),
                _ => escaped.Append(unit),
            };
        }
        output.Write(Encoding.UTF8.GetBytes(escaped.Append('"').ToString()));
    }
}
