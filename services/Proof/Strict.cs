using System.Globalization;
using System.Text;

namespace Luodi.Proof;

/// <summary>Readers that know one form of each value: two texts that differ never mean the same.</summary>
internal static class Strict
{
    /// <summary>The longest line that is read, in bytes without its end.</summary>
    public const int LineBytes = 65_535;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>No line is longer than <see cref="LineBytes"/>.</summary>
    public static void CheckLines(ReadOnlySpan<byte> file)
    {
        foreach (var line in file.Split((byte)'\n'))
        {
            if (line.End.Value - line.Start.Value > LineBytes) throw new ProofException(Flaw.LineLength, $"A line is longer than {LineBytes} bytes.");
        }
    }

    public static string Text(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Utf8.GetString(utf8);
        }
        catch (DecoderFallbackException cause)
        {
            throw new ProofException(Flaw.Text, "The text is not UTF-8.", cause);
        }
    }

    public static byte[] Bytes(string text)
    {
        try
        {
            return Utf8.GetBytes(text);
        }
        catch (EncoderFallbackException cause)
        {
            throw new ProofException(Flaw.Text, "The text has half a surrogate.", cause);
        }
    }

    /// <summary>RFC 4648, section 4. What is decoded is encoded again and compared: .NET's decoder lets blanks pass.</summary>
    public static byte[] Base64(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : throw new ProofException(Flaw.Base64, $"Not base64: {Short(text)}.");
    }

    public static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (text[0] != '0' || text.Length == 1)
            ? number
            : throw new ProofException(Flaw.Number, $"Not a decimal number below 2^63: {Short(text)}.");

    /// <summary>A foreign text in a message of ours: the beginning, on one line.</summary>
    public static string Short(string text) =>
        $"'{string.Concat((text.Length > 60 ? text[..60] + "…" : text).Select(unit => char.IsControl(unit) ? '\uFFFD' : unit))}'";
}
