using System.Globalization;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Packs;

namespace Luodi.Verify;

/// <summary>What the program ends with.</summary>
public enum ExitCode
{
    /// <summary>Everything that the pack claims is shown.</summary>
    Proven = 0,

    /// <summary>Something does not hold.</summary>
    Disproven = 1,

    /// <summary>The command line is not complete.</summary>
    Usage = 2,

    /// <summary>A file is not there, or is not what it should be.</summary>
    Unreadable = 3,

    /// <summary>Nothing is disproven, and it is not shown that nothing was left out, which was asked for.</summary>
    Incomplete = 4,
}

/// <summary><c>luodi-verify PACK --policy FILE --checkpoint FILE [--complete] [--lang zh|en]</c>.</summary>
public static class VerifyCommand
{
    /// <summary>No policy and no checkpoint is longer, in bytes.</summary>
    private const int MaximalFile = 1024 * 1024;

    /// <summary>Checks the pack, writes a line for each check, and gives the exit code.</summary>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        var words = Words.In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        var (files, options, complete) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal), false);
        for (var at = 0; at < args.Count; at++)
        {
            if (args[at] is "--complete") complete = true;
            else if (args[at] is not ("--policy" or "--checkpoint" or "--lang")) files.Add(args[at]);
            else if (at + 1 == args.Count || !options.TryAdd(args[at], args[++at])) return Usage();
        }
        if (options.TryGetValue("--lang", out var language))
        {
            if (language is not ("zh" or "en")) return Usage();
            words = Words.In(language);
        }
        // Without keys and a checkpoint from elsewhere whoever made the pack would be the judge of it.
        if (files is not [var pack] || pack.StartsWith('-') || !options.TryGetValue("--policy", out var policyFile) || !options.TryGetValue("--checkpoint", out var checkpointFile)) return Usage();

        var file = policyFile;
        try
        {
            var policy = TrustPolicy.Parse(ReadSmall(file));
            file = checkpointFile;
            var pinned = Note.Parse(ReadSmall(file));
            file = pack;
            using var archive = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            var verdict = PackCheck.Run(archive, policy, pinned, AgreedInvestment.Check);
            foreach (var finding in verdict.Findings) output.WriteLine(words.Line(finding));
            var leftOut = complete && verdict.Findings.Any(finding => finding is { Claim: Claim.Complete or Claim.FigureEvents, Ruling: Ruling.NotShown });
            var code = verdict.Proven ? leftOut ? ExitCode.Incomplete : ExitCode.Proven : verdict.Findings.Any(finding => finding.Ruling is Ruling.Disproven) ? ExitCode.Disproven : ExitCode.Unreadable;
            output.WriteLine(words[$"Exit.{code}"]);
            return (int)code;
        }
        catch (ProofException flaw)
        {
            errors.WriteLine(words.Refused(flaw.Flaw, file, flaw.Message));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            errors.WriteLine(words.Unreadable(file, cause.Message));
        }
        return (int)ExitCode.Unreadable;

        int Usage()
        {
            errors.WriteLine(words["Usage"]);
            return (int)ExitCode.Usage;
        }
    }

    private static byte[] ReadSmall(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var bytes = new byte[MaximalFile + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MaximalFile ? bytes[..length] : throw new IOException($"{path} has more than {MaximalFile} bytes.");
    }
}
