using System.Text;
using Luodi.Proof;
using Luodi.Proof.Notes;
using Luodi.Proof.Tiles;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Proof;

/// <summary>Another program's log, made again byte for byte.</summary>
public sealed class GoldenLogSpec
{
    [Theory]
    [InlineData(0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "M9e0lhxJACzE1KoUdqKuPa+9p6R7dSW8BlEvrg/noo8FkGg6PbJoRNOcdjqjOq89wVvTA60eubCc4oufo5BvIVEgtQc=")]
    [InlineData(1, "0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=", "M9e0lhr9kuLxGdAtaUrhm84TQffVsLdcy808sN0a3WyniNlfcr9+bywoiIke1YYciCNjJGkCgIlQ8b16jhsmg/SChAM=")]
    [InlineData(8, "bC+VwvrJbalNVjfkdI8kUgs7mJoXrqiXCE7bgnD28pY=", "M9e0lq1EK37dHtgv9O3UzPxisw5vwIPcJsX9ab0xt4mvVfbdUR1fbMjN6sBFYpBoBEmD4+cWhj/AVgI5MitCO5+mews=")]
    [InlineData(15, "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=", "M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=")]
    public void Its_checkpoints_are_those_that_it_published(int size, string root, string signature)
    {
        using var key = SignerKey.Parse(GoldenLog.Key);
        var text = $"{GoldenLog.Origin}\n{size}\n{root}\n\n\u2014 {GoldenLog.Origin} {signature}\n";
        GoldenLog.Checkpoint(size).Sign(key).ToString().ShouldBe(text);
        Note.Parse(Encoding.UTF8.GetBytes(text)).Verify([VerifierKey.Parse(GoldenLog.PublicKey)]).Single().UnixTime.ShouldBeNull();
    }

    [Fact]
    public void Its_checkpoint_of_15_is_the_file() => GoldenLog.Proof(0).Checkpoint.ToString().ShouldBe(GoldenLog.Checkpoint15 + GoldenLog.WitnessLine);

    [Fact]
    public void Its_tile_is_the_file()
    {
        var tile = TileEdge.Empty.Append(GoldenLog.Leaves).Written.Single();
        tile.Name.ToString().ShouldBe("tile/0/000.p/15");
        tile.ToArray().Length.ShouldBe(480);
        Digest.Sha256(tile.ToArray()).ToHex().ShouldBe("93593af14d2cce39867d2e73fe4ca400a38581605c5c4501a03e752d9b51a130");
    }

    [Fact]
    public void Its_bundles_are_the_files()
    {
        var bundle = EntryBundle.Write([.. GoldenLog.Entries.Select(entry => (ReadOnlyMemory<byte>)entry)]);
        TileName.Of(level: null, 0, 15).ToString().ShouldBe("tile/entries/000.p/15");
        bundle.Length.ShouldBe(99);
        Digest.Sha256(bundle).ToHex().ShouldBe("9ac6a9fc9012f2b4d67ac26041933c119e1505defc5c808ed614c5778c9f1716");
        EntryBundle.Write([.. GoldenLog.Entries.Take(3).Select(entry => (ReadOnlyMemory<byte>)entry)]).ShouldBe(Convert.FromHexString("00036f6e65000374776f00057468726565"));
        EntryBundle.Read(TileName.Parse("tile/entries/000.p/15"), bundle).Select(entry => entry.ToArray()).ShouldBe(GoldenLog.Entries);
    }

    [Fact]
    public void A_witness_cosigns_it()
    {
        using var witness = new SignerKey("witness.example/w1", SignatureType.Cosignature, GoldenLog.WitnessSeed);
        witness.Verifier.ToString().ShouldBe(GoldenLog.WitnessKey);
        witness.Cosign(GoldenLog.Checkpoint(15), GoldenLog.WitnessedAt).ToString().ShouldBe(GoldenLog.WitnessLine.TrimEnd());
        GoldenLog.Proof(0).Checkpoint.Verify([VerifierKey.Parse(GoldenLog.WitnessKey)]).Single().UnixTime.ShouldBe(GoldenLog.WitnessedAt);
    }
}
