using Luodi.Portal.Tables;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Portal;

public sealed class TableQuerySpec
{
    [Fact]
    public void An_address_says_what_a_table_shows()
    {
        var query = TableQuery.Of("http://portal/agreements?q=芯片&status=in-force&sort=-amount&skip=50&limit=100&columns=number,amount");

        query.Filters.ShouldBe(new Dictionary<string, string> { ["q"] = "芯片", ["status"] = "in-force" }, ignoreOrder: true);
        query.Sort.ShouldBe("-amount");
        (query.Skip, query.Limit).ShouldBe((50, 100));
        query.Columns.ShouldBe(["number", "amount"]);
    }

    [Theory]
    [InlineData("?skip=-5&limit=0")]
    [InlineData("?skip=x&limit=9999")]
    [InlineData("?status=&sort=&columns=")]
    [InlineData("?do=claims")]
    public void What_makes_no_sense_in_an_address_is_as_if_it_were_not_there(string query) =>
        TableQuery.Of($"http://portal/agreements{query}").Ask().ShouldBe("?skip=0&limit=25");

    [Fact]
    public void The_service_is_asked_for_the_same_rows() =>
        TableQuery.Of("http://portal/agreements?q=a%26b&skip=25").Ask(new Dictionary<string, string> { ["ceremony"] = "1" }, "number")
            .ShouldBe("?q=a%26b&ceremony=1&sort=number&skip=25&limit=25");

    [Fact]
    public void What_always_holds_is_not_the_readers_to_change() =>
        TableQuery.Of("http://portal/ceremonies/1?ceremony=2").Ask(new Dictionary<string, string> { ["ceremony"] = "1" }).ShouldBe("?ceremony=1&skip=0&limit=25");

    [Fact]
    public void An_export_has_all_rows_of_the_filters_and_the_columns_shown() =>
        TableQuery.Of("http://portal/agreements?status=draft&skip=25&sort=-amount").Export(["number", "amount"], "csv")
            .ShouldBe("?status=draft&sort=-amount&columns=number,amount&format=csv");
}
