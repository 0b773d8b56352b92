using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Luodi.Contracts.Wire;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Wire;

/// <summary>The one form in which an event is hashed. A proof of today is checked by programs of other years: these texts never change.</summary>
public sealed class CanonicalSpec
{
    [Theory]
    [InlineData("""{ "b" : 1, "a" : 2, "B": 3, "aa": 4, "": 5 }""", """{"":5,"B":3,"a":2,"aa":4,"b":1}""")]
    [InlineData("""{"b":{"d":1,"c":2},"a":[{"z":1,"y":2},[]]}""", """{"a":[{"y":2,"z":1},[]],"b":{"c":2,"d":1}}""")]
    public void Names_are_sorted_at_every_depth_and_lists_keep_their_order(string json, string canonical) => Of(json).ShouldBe(canonical);

    [Fact]
    public void Names_are_sorted_by_UTF_16_code_unit() => Of("""{"\uff5e":1,"\ud83d\ude00":2,"金额":3}""").ShouldBe("""{"金额":3,"😀":2,"～":1}""");

    [Theory]
    [InlineData("1.10")]
    [InlineData("90000000.00")]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("1E2")]
    [InlineData("79228162514264337593543950336.000000000000000000001")]
    public void Numbers_keep_their_digits(string number) => Of($$"""{"n": {{number}} }""").ShouldBe($$"""{"n":{{number}}}""");

    [Fact]
    public void Words_are_kept() => Of(" [ true , false , null ] ").ShouldBe("[true,false,null]");

    [Fact]
    public void Chinese_is_written_as_it_is_read() => Of("""["\u843d\u5730","‘嘉’里 <&>"]""").ShouldBe("""["落地","‘嘉’里 <&>"]""");

    [Fact]
    public void Only_what_JSON_asks_for_is_escaped_and_in_its_short_form() =>
        Of("""["\"\\\/\b\f\n\r\t\u0000\u001f\u007f\u2028"]""").ShouldBe("[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028\"]");

    [Fact]
    public void Bytes_are_UTF_8_without_a_mark() => Canonical.Bytes(JsonElement.Parse("\"落\"")).ShouldBe([0x22, 0xE8, 0x90, 0xBD, 0x22]);

    [Fact]
    public void The_same_value_gives_the_same_bytes_however_it_was_written() =>
        Gen.Select(Tree(3), Gen.UInt, Gen.UInt).Sample((tree, one, other) =>
        {
            var first = tree.Write(new Scribe(one));
            var second = tree.Write(new Scribe(other));
            Of(first).ShouldBe(Of(second), $"{first}\n{second}");
        }, iter: 2_000);

    [Fact]
    public void The_canonical_form_says_the_same_and_is_its_own_canonical_form() =>
        Gen.Select(Tree(3), Gen.UInt).Sample((tree, hand) =>
        {
            var text = tree.Write(new Scribe(hand));
            var canonical = Of(text);
            JsonElement.DeepEquals(JsonElement.Parse(canonical), JsonElement.Parse(text)).ShouldBeTrue(text);
            Of(canonical).ShouldBe(canonical);
        }, iter: 2_000);

    private static string Of(string json) => Encoding.UTF8.GetString(Canonical.Bytes(JsonElement.Parse(json)));

    private static readonly Gen<string> Text = Gen.OneOf<string>(
        Gen.OneOf("", "a", "b", "amount", "金额", "落地", "‘嘉’里", "😀", "\uff5e", "\"", "\\", "/", "\n", "\u0001", "\u2028", "<&>"),
        Gen.Char['\u0000', '\u04ff'].Array[0, 6].Select(units => new string(units)));

    private static Gen<Value> Tree(int depth)
    {
        var leaf = Gen.OneOf<Value>(
            Text.Select(text => (Value)new Word(text)),
            Gen.OneOf("0", "-0", "1.10", "1.1", "90000000.00", "1E2", "1e+2", "12345678901234567890.00").Select(digits => (Value)new Literal(digits)),
            Gen.OneOf("true", "false", "null").Select(word => (Value)new Literal(word)));
        return depth == 0 ? leaf : Gen.Frequency<Value>(
            (2, leaf),
            (1, Tree(depth - 1).Array[0, 4].Select(items => (Value)new Items(items))),
            (2, Gen.Select(Text, Tree(depth - 1)).Array[0, 5].Select(members => (Value)new Members([.. members.DistinctBy(member => member.Item1).Select(member => (member.Item1, member.Item2))]))));
    }

    /// <summary>A JSON value that knows many ways to be written.</summary>
    private abstract record Value
    {
        public abstract string Write(Scribe scribe);
    }

    private sealed record Word(string Text) : Value
    {
        public override string Write(Scribe scribe) => scribe.Quote(Text);
    }

    private sealed record Literal(string Text) : Value
    {
        public override string Write(Scribe scribe) => Text;
    }

    private sealed record Items(Value[] All) : Value
    {
        public override string Write(Scribe scribe) => scribe.Around('[', All.Select(item => item.Write(scribe)), ']');
    }

    private sealed record Members((string Name, Value Value)[] All) : Value
    {
        public override string Write(Scribe scribe) =>
            scribe.Around('{', scribe.Shuffled(All).Select(member => $"{scribe.Quote(member.Name)}{scribe.Blank()}:{scribe.Blank()}{member.Value.Write(scribe)}"), '}');
    }

    /// <summary>One hand: where it puts blanks, in which order it writes names, what it escapes without need. The same seed writes the same text.</summary>
    private sealed class Scribe(uint seed)
    {
        private uint _state = seed;

        private int Next(int below)
        {
            _state = (_state * 1664525) + 1013904223;
            return (int)((_state >> 8) % (uint)below);
        }

        public string Blank() => Next(6) switch { 0 => " ", 1 => "\n\t", _ => "" };

        public T[] Shuffled<T>(T[] items)
        {
            T[] shuffled = [.. items];
            for (var at = shuffled.Length - 1; at > 0; at--)
            {
                var other = Next(at + 1);
                (shuffled[at], shuffled[other]) = (shuffled[other], shuffled[at]);
            }
            return shuffled;
        }

        public string Around(char open, IEnumerable<string> parts, char close) => $"{open}{Blank()}{string.Join($"{Blank()},{Blank()}", parts)}{Blank()}{close}";

        public string Quote(string text)
        {
            var quoted = new StringBuilder("\"");
            foreach (var unit in text)
            {
                // A surrogate is escaped with its other half or not at all: here never.
                if (unit is '"' or '\\' or < ' ' || (!char.IsSurrogate(unit) && Next(3) == 0)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
                else quoted.Append(unit);
            }
            return quoted.Append('"').ToString();
        }
    }
}
