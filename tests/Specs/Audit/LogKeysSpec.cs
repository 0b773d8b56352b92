using Luodi.Audit.Log;
using Luodi.Proof.Notes;
using Luodi.Proof.Tree;
using Luodi.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Audit;

/// <summary>The keys of the log, in a folder of their own.</summary>
public sealed class LogKeysSpec : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("luodi-keys").FullName;

    [Fact]
    public void The_first_start_makes_a_key_that_only_its_owner_reads_and_later_ones_find_it()
    {
        using var keys = Keys();
        var key = keys.Signing().ShouldHaveSingleItem().Verifier;
        (key.Name, key.Type).ShouldBe(("luodi/nanhu", SignatureType.Ed25519));
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Directory.GetFiles(_folder, "*.key").ShouldHaveSingleItem()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var again = Keys();
        again.Signing().ShouldHaveSingleItem().Verifier.ToString().ShouldBe(key.ToString());
    }

    [Fact]
    public void By_configuration_SM2_signs_too()
    {
        using var keys = Keys(("Audit:Sm2", "true"));
        keys.Signing().Select(key => key.Verifier.Type).ShouldBe([SignatureType.Ed25519, SignatureType.Sm2], ignoreOrder: true);
        var checkpoint = new Checkpoint(keys.Origin, 0, MerkleTree.EmptyRoot);
        var note = new Note(checkpoint.ToString(), keys.Signing().Select(key => key.Sign(checkpoint.ToString())));
        note.Verify(keys.Known()).Count.ShouldBe(2);
    }

    [Fact]
    public void A_new_key_is_stated_by_the_old_one_and_the_new_one_and_the_old_one_is_known_when_its_file_is_gone()
    {
        using var keys = Keys();
        var old = keys.Signing()[0].Verifier;
        keys.Rotate();
        var added = keys.Signing().Single(key => key.Verifier.ToString() != old.ToString()).Verifier;
        var statement = Note.Parse(System.Text.Encoding.UTF8.GetBytes(keys.Statements().ShouldHaveSingleItem()));
        statement.Text.ShouldBe($"luodi/key-rotation/v1\nluodi/nanhu\nold {old}\nnew {added}\n");
        statement.Verify([old, added]).Select(attestation => attestation.Key.ToString()).ShouldBe([old.ToString(), added.ToString()], ignoreOrder: true);

        File.Delete(Directory.GetFiles(_folder, "*.key").Order(StringComparer.Ordinal).First());
        keys.Signing().ShouldHaveSingleItem().Verifier.ToString().ShouldBe(added.ToString());
        keys.Known().Select(key => key.ToString()).ShouldBe([added.ToString(), old.ToString()]);
    }

    [Fact]
    public void What_was_signed_last_stands_beside_them()
    {
        using var keys = Keys();
        keys.Last().ShouldBeNull();
        var checkpoint = new Checkpoint(keys.Origin, 7, MerkleTree.Leaf("x"u8));
        keys.Keep(checkpoint);
        using var again = Keys();
        again.Last()!.ToString().ShouldBe(checkpoint.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private LogKeys Keys(params (string Key, string Value)[] told) => new(
        new ConfigurationBuilder().AddInMemoryCollection(told.Append(("Audit:Keys", _folder)).Select(each => new KeyValuePair<string, string?>(each.Item1, each.Item2))).Build(), new ServiceIdentity("audit", "nanhu"), TimeProvider.System);
}
