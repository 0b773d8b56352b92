using System.Text.Encodings.Web;
using System.Text.Json;

namespace Luodi.Contracts.Wire;

/// <summary>How events are written, in a store and on the wire: camel case, decimals digit for digit, dates as ISO 8601, Chinese unescaped.</summary>
public static class WireJson
{
    /// <summary>Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
