using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Luodi.Portal.Layout;

/// <summary>
/// What a page was rendered with, as it goes with the page and comes back once, when its circuit starts: packed, for tables repeat
/// themselves, and left out where it is long all the same. A circuit that is sent more than the hub takes is dead; a page that
/// finds nothing reads its data once more.
/// </summary>
public sealed class PackedState<T> : PersistentComponentStateSerializer<T>
{
    /// <summary>So many packed bytes go with a page at most: protected, and written as base64 twice, they are not quite the double.</summary>
    public const int MostBytes = 192 * 1024;

    /// <inheritdoc/>
    public override void Persist(T value, IBufferWriter<byte> writer)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(packing, value, JsonSerializerOptions.Web);
        if (packed.Length <= MostBytes) writer.Write(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    /// <inheritdoc/>
    public override T Restore(ReadOnlySequence<byte> data)
    {
        if (data.IsEmpty) return default!;
        using var unpacking = new BrotliStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(unpacking, JsonSerializerOptions.Web)!;
    }
}
