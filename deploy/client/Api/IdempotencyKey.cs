using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Luodi.Client.Workbook;

namespace Luodi.Client.Api;

/// <summary>
/// The same row of a workbook and the same step give the same key in every run, on every machine.
/// All of the row goes into it: a row that was edited since is another request, and is refused rather than taken for done.
/// </summary>
internal static class IdempotencyKey
{
    public static string Of(string ceremony, WorkbookRow row, string step) => Of(
        ceremony,
        row.Number,
        row.ProjectName,
        row.Investor,
        row.Counterparty,
        row.Industry,
        row.AmountYuan.ToString("0.00", CultureInfo.InvariantCulture),
        row.SignedOn.ToString("O", CultureInfo.InvariantCulture),
        row.Illustrative ? "illustrative" : "",
        step);

    public static string Of(params string[] parts)
    {
        // Each part with its length in front: ("ab", "c") and ("a", "bc") are different.
        var text = string.Concat(parts.Select(part => FormattableString.Invariant($"{part.Length}:{part},")));
        return $"luodi-import-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..40]}";
    }
}
