using Luodi.ServiceDefaults.Recall;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Lists;

/// <summary>Lists of the past are made once, and are there for whoever asked even where they are kept no longer.</summary>
public sealed class ShelfSpec : IDisposable
{
    private readonly Clock _clock = new();
    private readonly Shelf<string, int> _shelf;
    private readonly List<string> _made = [];

    public ShelfSpec() => _shelf = new(10, TimeSpan.FromMinutes(10), _clock);

    public void Dispose() => _shelf.Dispose();

    [Fact]
    public async Task A_list_is_made_once_for_as_long_as_it_is_kept()
    {
        await Ask(("funds", 3));
        await Ask(("funds", 3));
        _made.ShouldBe(["funds"]);
        _clock.Now += TimeSpan.FromMinutes(10);
        await Ask(("funds", 3));
        _made.ShouldBe(["funds", "funds"]);
    }

    [Fact]
    public async Task One_that_is_kept_no_longer_once_the_other_is_made_is_in_the_answer_all_the_same()
    {
        await Ask(("funds", 3));
        _clock.Now += TimeSpan.FromMinutes(9);
        var answer = await _shelf.Of(["funds", "deals"], missing =>
        {
            _clock.Now += TimeSpan.FromMinutes(2);
            return Make(missing.Select(name => (name, 4)));
        }, TestContext.Current.CancellationToken);
        answer.ToDictionary(each => each.Key, each => each.Value.Count).ShouldBe(new Dictionary<string, int> { ["funds"] = 3, ["deals"] = 4 }, ignoreOrder: true);
        _made.ShouldBe(["funds", "deals"]);
    }

    [Fact]
    public async Task What_was_made_last_is_kept_however_long_it_is_with_what_was_asked_beside_it()
    {
        await Ask(("funds", 3));
        await Ask(("projects", 5_000), ("enterprises", 2));
        await Ask(("projects", 5_000), ("enterprises", 2));
        _made.ShouldBe(["funds", "projects", "enterprises"]);
        await Ask(("funds", 3));
        _made.ShouldBe(["funds", "projects", "enterprises", "funds"]);
    }

    [Fact]
    public async Task The_oldest_goes_where_all_do_not_fit()
    {
        foreach (var name in new[] { "one", "two", "three", "two", "three", "one" })
        {
            await Ask((name, 3));
            _clock.Now += TimeSpan.FromSeconds(1);
        }
        _made.ShouldBe(["one", "two", "three", "one"]);
    }

    private async Task Ask(params (string Name, int Lines)[] asked) =>
        (await _shelf.Of([.. asked.Select(each => each.Name)], missing => Make(asked.Where(each => missing.Contains(each.Name))), TestContext.Current.CancellationToken)).Count.ShouldBe(asked.Length);

    private Task<IReadOnlyDictionary<string, IReadOnlyList<int>>> Make(IEnumerable<(string Name, int Lines)> lists)
    {
        var made = lists.ToDictionary(each => each.Name, each => (IReadOnlyList<int>)[.. Enumerable.Range(0, each.Lines)]);
        _made.AddRange(made.Keys);
        return Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<int>>>(made);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
