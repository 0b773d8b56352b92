using System.Security.Cryptography;

namespace Luodi.SystemTests.Http;

/// <summary>Every endpoint of every service with every caller, and with tokens that are none.</summary>
public sealed class AccessMatrixTests
{
    private static Site Site => Site.Here;

    public static TheoryData<string> Services => ["signings", "projects", "funds", "reporting", "audit", "portal"];

    [Theory, MemberData(nameof(Services))]
    public async Task Every_endpoint_has_a_row_and_every_row_an_endpoint(string service) =>
        (await Operation.Of(service)).Select(operation => $"{operation.Method} {Root(operation.Path)}").Order(StringComparer.Ordinal)
            .ShouldBe(RowsOf(service).Select(row => $"{row.Method} {row.Path}").Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Services))]
    public async Task Who_may_use_an_endpoint_is_let_in_and_everybody_else_is_not(string service)
    {
        var wrong = new List<string>();
        foreach (var caller in AccessTable.Everybody)
        {
            var api = Site.With(AccessTable.TokenOf(Site, caller));
            foreach (var row in RowsOf(service))
            {
                var answer = await Send(row, api);
                var may = row.May.HasFlag(caller);
                // An empty command about no record is refused for what it lacks, after the caller was let in.
                if (may ? answer.Status is not (200 or 202 or 404 or 422) : answer.Status != 403 || answer["type"].GetValue<string>() != "/problems/forbidden") wrong.Add($"{caller}, who {(may ? "may" : "may not")}: {answer}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Services))]
    public async Task No_endpoint_takes_a_token_that_is_none(string service)
    {
        using var stranger = RSA.Create(2048);
        var good = Tokens.Issue(Site, "manager").Split('.');
        var forged = $"{good[0]}.{Tokens.Issue(Site, "auditor").Split('.')[1]}.{good[2]}";
        var wrong = new List<string>();
        foreach (var (fault, token) in new (string, string?)[]
        {
            ("no token", null), ("expired", Tokens.Issue(Site, "manager", validFor: TimeSpan.FromMinutes(58))), ("for another audience", Tokens.Issue(Site, "manager", audience: "elsewhere")),
            ("signed by a stranger", Tokens.Issue(Site, "manager", key: stranger)), ("forged claims", forged),
        })
        {
            foreach (var row in RowsOf(service))
            {
                var answer = await Send(row, Site.With(token));
                if (answer.Status != 401 || answer["type"].GetValue<string>() != "/problems/unauthenticated") wrong.Add($"{fault}: {answer}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    private static Task<Answer> Send(Access row, Api api) => new Operation(HttpMethod.Parse(row.Method), row.Path, null).Send(api);

    private static IEnumerable<Access> RowsOf(string service) => AccessTable.All.Where(row => row.Path.StartsWith($"/api/{service}", StringComparison.Ordinal));

    // A list at the root of a service is described with a stroke at its end.
    private static string Root(string path) => path.Length > 1 ? path.TrimEnd('/') : path;
}
