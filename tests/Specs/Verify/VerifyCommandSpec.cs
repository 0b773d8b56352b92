using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Luodi.Proof;
using Luodi.Proof.Packs;
using Luodi.Specs.Proof.Packs;
using Luodi.Verify;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Verify;

/// <summary>What an auditor types, and reads.</summary>
public sealed class VerifyCommandSpec : IDisposable
{
    private readonly GoldenPack _golden = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("luodi-verify").FullName;

    public VerifyCommandSpec()
    {
        File.WriteAllBytes(At("pack.zip"), GoldenPack.Zip(_golden.Whole()));
        File.WriteAllText(At("policy"), _golden.Policy);
        File.WriteAllBytes(At("printed"), _golden.Signed(100).ToArray());
    }

    [Fact]
    public void A_pack_is_proven_in_both_languages()
    {
        var chinese = Run(0, At("pack.zip"), "--policy", At("policy"), "--checkpoint", At("printed"), "--lang", "zh");
        chinese.ShouldContain("[通过] 完整：日志全部 300 条都在包内");
        chinese.ShouldEndWith("结论：已证明。\n");
        var english = Run(0, "--lang", "en", "--policy", At("policy"), "--checkpoint", At("printed"), At("pack.zip"));
        english.ShouldContain("Complete: all 300 entries of the log are there");
        english.ShouldContain("[note] 1 events are younger than your checkpoint (of 100 entries)");
        english.ShouldEndWith("Verdict: proven.\n");
    }

    /// <summary>What is there may be true, and an entry beside it be missing.</summary>
    [Fact]
    public void Who_asks_for_completeness_is_not_content_with_a_part()
    {
        Run(0, [.. Complete("en"), "--complete"]).ShouldEndWith("Verdict: proven.\n");
        File.WriteAllBytes(At("pack.zip"), GoldenPack.Zip(_golden.Few()));
        Run(0, Complete("en"));
        Run(4, [.. Complete("en"), "--complete"]).ShouldEndWith("it is not shown that nothing was left out.\n");
        Run(4, ["--complete", .. Complete("zh")]).ShouldEndWith("结论：没有不符之处，但未能证明没有遗漏。\n");
    }

    [Fact]
    public void What_does_not_hold_is_named_with_its_place()
    {
        var files = GoldenPack.Files(_golden.Few());
        var at = files.FindIndex(file => file.Name == "entries/42.payload");
        files[at] = (files[at].Name, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files[at].Bytes).Replace("90000042", "99000042", StringComparison.Ordinal)));
        File.WriteAllBytes(At("pack.zip"), GoldenPack.Zip(files));
        Run(1, Complete("zh")).ShouldContain("[不符] 事件：事件内容与其摘要不符：内容被改动（位置：entries/42.payload；代码：Payload）");
        Run(1, Complete("en")).ShouldContain("[FAIL] Events: a payload that is not the one its header names: it was changed (at entries/42.payload; code Payload)");
    }

    [Fact]
    public void Without_a_policy_and_a_checkpoint_nothing_is_said()
    {
        Run(2);
        Run(2, At("pack.zip"));
        Run(2, At("pack.zip"), "--policy", At("policy"));
        Run(2, At("pack.zip"), "--checkpoint", At("printed"));
        Run(2, "--policy", At("policy"), "--checkpoint", At("printed"));
        Run(2, At("pack.zip"), At("pack.zip"), "--policy", At("policy"), "--checkpoint", At("printed"));
        Run(2, At("pack.zip"), "--policy", At("policy"), "--policy", At("policy"), "--checkpoint", At("printed"));
        Run(2, At("pack.zip"), "--policy", At("policy"), "--checkpoint");
        Run(2, [.. Complete("en")[..^1], "fr"]);
        Run(2, "--help", "--policy", At("policy"), "--checkpoint", At("printed"));
    }

    [Fact]
    public void What_cannot_be_read_is_named()
    {
        File.WriteAllText(At("other"), "other\n");
        Run(3, At("missing"), "--policy", At("policy"), "--checkpoint", At("printed")).ShouldContain(At("missing"));
        Run(3, At("pack.zip"), "--policy", At("missing"), "--checkpoint", At("printed")).ShouldContain(At("missing"));
        Run(3, At("pack.zip"), "--policy", At("policy"), "--checkpoint", At("missing")).ShouldContain(At("missing"));
        Run(3, _folder, "--policy", At("policy"), "--checkpoint", At("printed")).ShouldContain(_folder);
        Run(3, At("pack.zip"), "--policy", At("other"), "--checkpoint", At("printed")).ShouldContain("Policy");
        Run(3, At("pack.zip"), "--policy", At("policy"), "--checkpoint", At("other")).ShouldContain("Note");
        Run(3, At("other"), "--policy", At("policy"), "--checkpoint", At("printed")).ShouldContain("Archive");
        File.WriteAllBytes(At("other"), new byte[2 * 1024 * 1024]);
        Run(3, At("pack.zip"), "--policy", At("other"), "--checkpoint", At("printed")).ShouldContain(At("other"));
    }

    [Fact]
    public void An_untrusted_checkpoint_of_one_s_own_proves_nothing()
    {
        File.WriteAllBytes(At("printed"), _golden.Sign(_golden.At(100), cosigned: false).ToArray());
        Run(1, Complete("en")).ShouldContain("[FAIL] Your checkpoint: too few witnesses (at --checkpoint; code Quorum)");
    }

    [Fact]
    public void Every_flaw_check_and_verdict_has_words_in_both_languages()
    {
        var (chinese, english) = (Texts("Words.resx"), Texts("Words.en.resx"));
        english.Keys.Order(StringComparer.Ordinal).ShouldBe(chinese.Keys.Order(StringComparer.Ordinal));
        foreach (var name in chinese.Keys)
        {
            Holes(english[name]).ShouldBe(Holes(chinese[name]), name);
            if (name is not "Failed") chinese[name].ShouldMatch(@"\p{IsCJKUnifiedIdeographs}", name);
            english[name].ShouldNotMatch(@"\p{IsCJKUnifiedIdeographs}", name);
        }
        string[] needed =
        [
            .. Enum.GetNames<Flaw>().Select(flaw => $"Flaw.{flaw}"), .. Enum.GetNames<Claim>().Select(claim => $"Claim.{claim}"),
            .. Enum.GetNames<Ruling>().Select(outcome => $"Ruling.{outcome}"), .. new[] { ExitCode.Proven, ExitCode.Disproven, ExitCode.Unreadable }.Select(code => $"Exit.{code}"),
        ];
        needed.Except(chinese.Keys).ShouldBeEmpty();
        foreach (var flaw in Enum.GetValues<Flaw>()) Words.In("zh").Line(new(Claim.Events, Ruling.Disproven, [], flaw, "place")).ShouldNotBe(Words.In("en").Line(new(Claim.Events, Ruling.Disproven, [], flaw, "place")));
    }

    public void Dispose()
    {
        _golden.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string At(string file) => Path.Combine(_folder, file);

    private string[] Complete(string language) => [At("pack.zip"), "--policy", At("policy"), "--checkpoint", At("printed"), "--lang", language];

    private static string Run(int code, params string[] args)
    {
        using var said = new StringWriter { NewLine = "\n" };
        VerifyCommand.Run(args, said, said).ShouldBe(code, said.ToString());
        return said.ToString();
    }

    private static Dictionary<string, string> Texts(string file) =>
        XDocument.Load(Checkout.PathOf($"services/Verify/{file}")).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static string[] Holes(string text) => [.. Regex.Matches(text, @"\{\d\}", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(hole => hole.Value).Order(StringComparer.Ordinal)];
}
