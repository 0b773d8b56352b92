using System.Text.Json;
using Luodi.Contracts;
using Luodi.Contracts.Wire;

namespace Luodi.Portal.Events;

/// <summary>The amount that an event speaks of, for its heading. The data themselves are shown as stored.</summary>
public static class Amounts
{
    /// <summary>An amendment has both, a paper only <c>To</c>, most events neither. Of an amendment also its new part in fixed assets, where it names one.</summary>
    public static (Money? From, Money? To, Money? FixedAssets) Of(JsonElement data) =>
        Read(data, "from") is { } from ? (from, Read(data, "to"), Read(data, "fixedAssets")) : (null, Read(data, "to") ?? Read(data, "amount"), null);

    private static Money? Read(JsonElement data, string name) =>
        data.ValueKind is JsonValueKind.Object && data.TryGetProperty(name, out var amount) && amount.ValueKind is JsonValueKind.Object
            ? amount.Deserialize<Money>(WireJson.Options)
            : null;
}
