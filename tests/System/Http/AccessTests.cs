using System.Security.Cryptography;

namespace Luodi.SystemTests.Http;

/// <summary>Every address of every service asks for a token and a record that exists; which role it asks for is <see cref="AccessMatrixTests"/>.</summary>
public sealed class AccessTests
{
    private static Site Site => Site.Here;

    public static TheoryData<string> Services => ["signings", "projects", "funds", "reporting", "audit"];

    [Theory, MemberData(nameof(Services))]
    public async Task Nothing_is_told_without_a_token(string service)
    {
        foreach (var operation in await Operation.Of(service))
        {
            (await operation.Send(Site.With(null))).MustRefuse(401, "unauthenticated").Headers["WWW-Authenticate"].ShouldStartWith("Bearer");
        }
    }

    [Theory, MemberData(nameof(Services))]
    public async Task What_is_unknown_is_not_found(string service)
    {
        foreach (var operation in (await Operation.Of(service)).Where(operation => operation.Path.Contains("{id}", StringComparison.Ordinal)))
        {
            (await operation.Send(AccessTable.CallerOf(operation))).MustRefuse(404, "not-found");
            (await operation.Send(AccessTable.CallerOf(operation), id: "nonsense")).MustRefuse(404, "not-found");
        }
    }

    [Fact]
    public async Task A_manager_confirms_and_does_not_log()
    {
        foreach (var path in new[] { "signings/ceremonies", "signings/ceremonies/{id}/hold", "signings/ceremonies/{id}/claims", "signings/agreements", "signings/agreements/{id}/sign", "signings/agreements/{id}/amend", "signings/agreements/{id}/terminate", "projects", "projects/{id}/reach", "funds", "funds/{id}/commitments" })
        {
            (await new Operation(HttpMethod.Post, $"/api/{path}", null).Send(Site.Manager)).MustRefuse(403, "forbidden");
        }
        var desk = await Desk.Open();
        (await Site.Manager.Post($"api/signings/agreements/{await desk.Signed()}/confirm")).Must(200);
        (await Site.Manager.Post($"api/signings/ceremonies/{desk.Ceremony}/close")).Must(200);
    }

    [Fact]
    public async Task A_token_that_is_not_quite_ours_opens_nothing()
    {
        using var stranger = RSA.Create(2048);
        var good = Tokens.Of(Site, "staff").Split('.');
        var claimsOfAnother = Tokens.Issue(Site, "manager").Split('.')[1];
        foreach (var (fault, token) in new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["expired"] = Tokens.Issue(Site, "staff", validFor: TimeSpan.FromMinutes(58)),
            ["signed by a stranger"] = Tokens.Issue(Site, "staff", key: stranger),
            ["for another audience"] = Tokens.Issue(Site, "staff", audience: "elsewhere"),
            ["from another issuer"] = Tokens.Issue(Site, "staff", issuer: "elsewhere"),
            ["of another type"] = Tokens.Issue(Site, "staff", type: "JWT"),
            ["claims exchanged"] = $"{good[0]}.{claimsOfAnother}.{good[2]}",
            ["without a signature"] = $"{Base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}")}.{good[1]}.",
            ["nonsense"] = "nonsense",
            ["empty"] = "",
        })
        {
            var answer = await Site.With(token).Get("api/signings/ceremonies");
            answer.Status.ShouldBe(401, fault);
            answer.MustRefuse(401, "unauthenticated");
        }
        (await Site.With(Tokens.Issue(Site, "staff", role: "director")).Get("api/signings/ceremonies")).MustRefuse(403, "forbidden");
    }

    [Fact]
    public async Task The_description_of_each_API_and_its_health_are_open()
    {
        foreach (var service in Site.Services.Except(["portal"]))
        {
            (await Site.With(null).Get($"api/{service}/openapi/v1.json")).Must(200)["openapi"].GetValue<string>().ShouldStartWith("3.");
        }
        (await Site.With(null).Get("health/ready")).Must(200).Text.ShouldBe("Healthy");
        (await Site.With(null).Get("health/live")).Must(200).Text.ShouldBe("Healthy");
    }

    [Fact]
    public async Task An_address_that_is_none_is_not_found()
    {
        (await Site.Staff.Get("api/signings/nothing")).MustRefuse(404, "not-found");
        (await Site.Staff.Get("api/nothing")).Must(404).Headers["Content-Type"].ShouldStartWith("application/problem+json");
        (await Site.Staff.Send(HttpMethod.Delete, "api/signings/ceremonies", null)).MustRefuse(405, "method-not-allowed");
        (await Site.Staff.Post("api/signings/ceremonies", new StringContent("name=x", System.Text.Encoding.UTF8, "text/plain"))).MustRefuse(415, "unsupported-media-type");
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
