using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Luodi.Portal.Layout;

/// <summary>
/// What a page was rendered with, as it goes with the page and comes back once, when its circuit starts: packed, for tables repeat
/// themselves, and left out where the page is full. A circuit that is sent more than the hub takes is dead; a page that finds
/// nothing reads its data once more.
/// </summary>
public sealed class PackedState<T>(IHttpContextAccessor requests) : PersistentComponentStateSerializer<T>
{
    /// <summary>So many packed bytes go with a page at most, of all its values: protected, and written as base64 twice, they are not quite the double.</summary>
    public const int MostBytes = 256 * 1024;

    private const string Taken = "luodi.state";

    /// <inheritdoc/>
    public override void Persist(T value, IBufferWriter<byte> writer)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(packing, value, JsonSerializerOptions.Web);
        // One serializer serves all pages: how full one is stands with its request. When a circuit pauses there is none.
        var items = requests.HttpContext?.Items;
        var taken = packed.Length + (items?[Taken] as long? ?? 0);
        if (taken > MostBytes) return;
        if (items is not null) items[Taken] = taken;
        writer.Write(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    /// <inheritdoc/>
    public override T Restore(ReadOnlySequence<byte> data)
    {
        if (data.IsEmpty) return default!;
        using var unpacking = new BrotliStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(unpacking, JsonSerializerOptions.Web)!;
    }
}
