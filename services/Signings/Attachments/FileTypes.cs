using System.IO.Compression;

namespace Luodi.Signings.Attachments;

/// <summary>A kind of file that is kept.</summary>
/// <param name="Extension">As in a name, in lower case.</param>
/// <param name="MediaType">As it is given back.</param>
public sealed record FileType(string Extension, string MediaType);

/// <summary>What a file is by what it holds, whatever it is called.</summary>
public static class FileTypes
{
    public const int LimitBytes = 10 * 1024 * 1024;

    // An office file of an honest size unpacks to no more than this.
    private const int MostEntries = 2000;

    public static readonly FileType Pdf = new("pdf", "application/pdf");
    public static readonly FileType Jpeg = new("jpg", "image/jpeg");
    public static readonly FileType Png = new("png", "image/png");
    public static readonly FileType Docx = new("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    public static readonly FileType Xlsx = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    /// <summary>GB/T 33190, the national format of electronic documents.</summary>
    public static readonly FileType Ofd = new("ofd", "application/ofd");

    public static IReadOnlyList<FileType> All { get; } = [Pdf, Jpeg, Png, Docx, Xlsx, Ofd];

    /// <summary>What its name claims; null for what is not kept.</summary>
    public static FileType? Claimed(string name) =>
        Path.GetExtension(name).TrimStart('.').ToLowerInvariant() is var extension && extension is "jpeg" ? Jpeg : All.FirstOrDefault(type => type.Extension == extension);

    /// <summary>What it is; null for anything else, for a file that was cut off, and for one with macros.</summary>
    public static FileType? Detect(byte[] content) =>
        content.AsSpan().StartsWith("%PDF-"u8) ? content.AsSpan(Math.Max(0, content.Length - 1024)).IndexOf("%%EOF"u8) >= 0 ? Pdf : null
        : content is [0xFF, 0xD8, 0xFF, .., 0xFF, 0xD9] ? Jpeg
        : content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? content.AsSpan().IndexOf("IEND"u8) >= 0 ? Png : null
        : content.AsSpan().StartsWith("PK\u0003\u0004"u8) ? Packed(content)
        : null;

    private static FileType? Packed(byte[] content)
    {
        try
        {
            using var packed = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            if (packed.Entries.Count > MostEntries || packed.Entries.Any(entry => entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) return null;
            return packed.GetEntry("OFD.xml") is not null ? Ofd
                : packed.GetEntry("[Content_Types].xml") is null ? null
                : packed.GetEntry("word/document.xml") is not null ? Docx
                : packed.GetEntry("xl/workbook.xml") is not null ? Xlsx
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
