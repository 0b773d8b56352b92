using Luodi.ServiceDefaults.Lists;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Lists;

/// <summary>How a list is narrowed and put in order.</summary>
public sealed class ListsSpec
{
    private static readonly Sorting Sorting = new("d.id", ("number", "d.number"), ("amount", "d.amount"));

    [Fact]
    public void Each_word_stands_somewhere_in_one_of_the_fields()
    {
        var query = new Conditions().AndContains(" 嘉 ‘里’\u3000", "d.name", "d.investor");
        query.Text.ShouldBe("(d.name ilike $1 or d.investor ilike $1) and (d.name ilike $2 or d.investor ilike $2)");
        query.Parameters.Select(parameter => parameter.Value).ShouldBe(["%嘉%", "%‘里’%"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u3000\t")]
    public void No_words_are_no_condition(string? words) => new Conditions().AndContains(words, "d.name").Text.ShouldBe("true");

    [Theory]
    [InlineData("100%", @"100\%")]
    [InlineData("a_b", @"a\_b")]
    [InlineData(@"\", @"\\")]
    [InlineData(@"\%", @"\\\%")]
    public void What_somebody_types_is_text_and_no_pattern(string typed, string pattern) => Conditions.Escape(typed).ShouldBe(pattern);

    [Fact]
    public void A_filter_left_out_is_no_condition()
    {
        var query = new Conditions().And("a = {0}", null).And("b = {0}", 1).And("c = {0} or d = {0}", "x");
        query.Text.ShouldBe("b = $1 and c = $2 or d = $2");
        query.Parameters.Select(parameter => parameter.Value).ShouldBe([1, "x"]);
    }

    [Fact]
    public void A_list_is_sorted_up_or_down_and_equals_by_what_is_unique()
    {
        Sorting.Of("amount", "number").ShouldBe(("d.amount asc nulls last, d.id", null));
        Sorting.Of("-amount", "number").ShouldBe(("d.amount desc nulls last, d.id", null));
        Sorting.Of(null, "-number").ShouldBe(("d.number desc nulls last, d.id", null));
        Sorting.Of("", "number").ShouldBe(("d.number asc nulls last, d.id", null));
    }

    [Theory]
    [InlineData("price")]
    [InlineData("-")]
    [InlineData("amount desc; drop table x")]
    [InlineData("Amount")]
    public void What_is_no_column_is_refused_and_the_columns_are_named(string sort)
    {
        var (order, unknown) = Sorting.Of(sort, "number");
        order.ShouldBeEmpty();
        unknown.ShouldBe(new SortUnknown("number, amount"));
        unknown.ShouldNotBeNull().Status.ShouldBe(400);
    }
}
