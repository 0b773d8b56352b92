using System.Text;
using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Http;

/// <summary>Whatever is sent, nothing is ever our fault: no answer of 500 or above, and each refusal is a problem document.</summary>
public sealed class OddRequestsTests
{
    private static Site Site => Site.Here;

    public static TheoryData<string> Services => ["signings", "projects", "funds", "reporting", "audit"];

    private static readonly object[] Bodies =
    [
        "", " ", "null", "true", "0", "\"text\"", "[]", "[{}]", "{", "}", "{}", "{\"a\":", "{\"\":null}", "{'name':'x'}", "NaN", "/* a comment */ {}",
        new string('[', 5_000), $"{{\"name\":{string.Concat(Enumerable.Repeat("{\"a\":", 200))}0{new string('}', 200)}}}",
        new byte[] { 0xff, 0xfe, 0x00 }, new byte[] { 0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d }, Encoding.Unicode.GetBytes("{}"),
    ];

    // Each takes the place of one field of an otherwise sound body.
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.005", "1e400", "-1e-400", "79228162514264337593543950336", "2147483648", "[]", "{}", "\"\"", "\"   \"", "\"x\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\u202e\\ufeff\"",
        "\"0001-01-01\"", "\"9999-12-31\"", "\"2023-02-30\"", "\"2023-09-28T00:00:00Z\"", "\"00000000-0000-0000-0000-000000000000\"", $"\"{new string('长', 301)}\"", $"\"{new string('x', 100_000)}\"",
        "{\"value\":null}", "{\"value\":\"1\",\"currency\":\"CNY\"}", "{\"value\":1}", "{\"value\":1,\"currency\":null}", "{\"value\":1,\"currency\":\"\\u0000\"}", "{\"value\":0.001,\"currency\":\"CNY\"}",
        "{\"value\":-1,\"currency\":\"CNY\"}", "{\"value\":1e28,\"currency\":\"CNY\"}", "{\"value\":1e29,\"currency\":\"CNY\"}", "{\"value\":0.0000000000000000000000000001,\"currency\":\"CNY\"}", "{\"value\":1,\"currency\":\"USD\"}", "{\"currency\":\"CNY\"}",
    ];

    private static readonly string[] Queries =
    [
        "after=-1", "after=abc", "after=", "after=99999999999999999999", "after=9223372036854775807", "after=%00", "after=%ff%fe", "after=00000000-0000-0000-0000-000000000000", "after=%27%3B--",
        "limit=-5", "limit=0", "limit=2147483647", "limit=abc", "limit=1.5", "ceremony=abc", "ceremony=", "agreement=x", "industry=%00", "industry=", "industry=x", "sizeBand=,,,", "sizeBand=%00", "month=%00", "month=2023-13", "month=abc", "status=%00",
        "position=-1", "position=abc", "position=9223372036854775807", "knownAt=abc", "knownAt=0001-01-01T00:00:00Z", "knownAt=9999-12-31T23:59:59.9999999%2B00:00", "knownAt=0001-01-01T00:00:00%2B14:00", "effectiveBy=0001-01-01", "effectiveBy=9999-12-31", "effectiveBy=2023-02-30",
        "by=%00", "by=industry&measure=%00", "by=sizeBand&knownAt=2023-09-28T00:00:00Z", "by=month&effectiveBy=2023-09-28", "by=industry&ceremony=abc", "after=1&after=2", "knownAt=2023-09-28",
        "q=%25", "q=%5C", "q=%00", "q=%ff%fe", "q=%27%3B--", $"q={new string('长', 300)}", "sort=", "sort=-", "sort=luck", "sort=%00", "skip=-1", "skip=2147483647", "skip=abc", "version=-1", "version=9223372036854775807", "version=abc", "on=abc", "on=9999-12-31", "on=0001-01-01", "custom=luck", "knownAt=abc",
        "project=abc", "subject=abc", "subject=", "stage=%25", "kind=x", "waiting=any", "waiting=", "department=%00", "department=", "signedFrom=0001-01-01", "signedTo=9999-12-31", "signedTo=2023-02-30", "amountFrom=-1", "amountFrom=NaN", "amountTo=79228162514264337593543950335",
        "from=", "from=-1", "from=9223372036854775807", "to=0", "to=-1", "size=-1", "size=abc", "days=-1", "days=2147483647", "from=0001-01-01", "from=9999-12-31", "to=9999-12-31", "to=9999-12-31T23:59:59.9999999Z", "from=0001-01-01T00:00:00%2B14:00", "from=%00", "actor=%00", "type=,,,", "source=", "source=%2F", "effectiveFrom=9999-12-31",
        "columns=", "columns=,,,", "columns=%00", "format=", "format=csv", "format=XLSX",
    ];

    private static readonly (string, string)[] Headers =
    [
        ("Idempotency-Key", ""), ("Idempotency-Key", new string('k', 201)), ("Idempotency-Key", "钥匙"), ("Idempotency-Key", "a\tb"), ("If-Match", "abc"), ("If-Match", "\"99999999999999999999\""), ("If-Match", "W/\"-1\""), ("If-Match", "*, \"1\""),
        ("X-Correlation-Id", new string('c', 500)), ("X-Correlation-Id", "关联"), ("Accept-Language", "xx-yy;q=abc, *"), ("Accept", "image/png"), ("Content-Encoding", "gzip"),
    ];

    [Theory, MemberData(nameof(Services))]
    public async Task An_odd_body_is_refused(string service) => await ForEachPost(service, async (operation, id, _) =>
    {
        foreach (var body in Bodies) Sound(await operation.Send(AccessTable.CallerOf(operation), id, body), body);
    });

    [Theory, MemberData(nameof(Services))]
    public async Task An_odd_field_is_refused(string service) => await ForEachPost(service, async (operation, id, sound) =>
    {
        foreach (var field in operation.Fields)
        {
            foreach (var value in Values)
            {
                // As text: a JSON library would not even write some of them.
                var others = sound().AsObject().Where(other => other.Key != field).Select(other => $"\"{other.Key}\":{other.Value?.ToJsonString() ?? "null"}");
                var body = $"{{{string.Join(',', others.Append($"\"{field}\":{value}"))}}}";
                Sound(await operation.Send(AccessTable.CallerOf(operation), id, body), body);
            }
        }
    });

    [Theory, MemberData(nameof(Services))]
    public async Task An_odd_header_does_no_harm(string service) => await ForEachPost(service, async (operation, id, sound) =>
    {
        foreach (var header in Headers) Sound(await operation.Send(AccessTable.CallerOf(operation), id, sound(), header), header);
    });

    [Theory, MemberData(nameof(Services))]
    public async Task An_odd_query_is_refused(string service)
    {
        foreach (var operation in (await Operation.Of(service)).Where(operation => operation.Method == HttpMethod.Get))
        {
            foreach (var query in Queries.Where(query => query.Split('&').All(part => operation.Parameters.Contains(part.Split('=')[0], StringComparer.OrdinalIgnoreCase))))
            {
                Sound(await AccessTable.CallerOf(operation).Get($"{operation.Address(await Known.Of(operation.Path))}?{query}"), query);
            }
        }
        _unsound.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_value_that_cannot_be_stored_is_named()
    {
        (await Site.Staff.Post("api/projects", "{\"name\":\"a\\u0000b\",\"industry\":\"other\",\"investor\":\"x\"}")).MustRefuse(422, "unprintable", "name");
        (await Site.Staff.Post("api/signings/ceremonies", "{\"name\":\"a\\u0000b\",\"heldOn\":\"2023-09-28\"}")).MustRefuse(422, "unprintable", "name");
    }

    private readonly List<string> _unsound = [];

    // Collected, so that one run shows all of them.
    private void Sound(Answer answer, object sent)
    {
        if (answer.Status < 500 && (answer.Status < 400 || answer.Headers.GetValueOrDefault("Content-Type", "").StartsWith("application/problem+json", StringComparison.Ordinal))) return;
        _unsound.Add($"{sent.ToString()![..Math.Min(sent.ToString()!.Length, 200)]} | {answer}");
    }

    private async Task ForEachPost(string service, Func<Operation, string?, Func<JsonNode>, Task> each)
    {
        foreach (var operation in (await Operation.Of(service)).Where(operation => operation.Method == HttpMethod.Post))
        {
            var id = await Known.Of(operation.Path);
            await each(operation, id, () => Known.BodyOf(operation.Path));
        }
        _unsound.ShouldBeEmpty();
    }

    /// <summary>Records that exist, and bodies that would be accepted, so that an odd value is all that is odd.</summary>
    private static class Known
    {
        private static readonly object[] OwnSpending = [new { way = "own-spending", rate = 1 }];

        private static readonly Lazy<Task<(Desk Desk, Guid Agreement, Guid Project, Guid Fund, Guid Facility, Guid Reinvestment, Guid Report)>> Records = new(async () =>
        {
            var desk = await Desk.Open();
            var fund = (await Site.Staff.Post("api/funds", new { name = desk.Mark, kind = "market", targetSize = Desk.Yuan(10_000_000) })).Must(201).Id;
            var facility = (await Site.Staff.Post("api/funds/facilities", new { name = desk.Mark, product = "guaranteed-loan", lender = "某银行", limit = Desk.Yuan(10_000_000), illustrative = true })).Must(201).Id;
            var reinvestment = (await Site.Manager.Post("api/funds/reinvestment", new { fundId = fund, @base = "fund", multiple = 1.5m, ways = OwnSpending, netOfTaxes = true, source = "x", effectiveFrom = "2023-01-01", illustrative = true })).Must(201).Id;
            await Eventually(async () => (await desk.Report()).Must(200));
            var report = (await Site.Manager.Post("api/reporting/reports", new { kind = "bulletin", ceremonyId = desk.Ceremony })).Must(201).Id;
            return (desk, await desk.Confirmed(), await desk.Project(), fund, facility, reinvestment, report);
        });

        public static async Task<string?> Of(string path)
        {
            var (desk, agreement, project, fund, facility, reinvestment, report) = await Records.Value;
            return path switch
            {
                _ when !path.Contains("{id}", StringComparison.Ordinal) => null,
                _ when path.Contains("/ceremonies/", StringComparison.Ordinal) => desk.Ceremony.ToString(),
                _ when path.Contains("/agreements/", StringComparison.Ordinal) => agreement.ToString(),
                _ when path.Contains("/projects/", StringComparison.Ordinal) => project.ToString(),
                _ when path.Contains("/facilities/", StringComparison.Ordinal) => facility.ToString(),
                _ when path.Contains("/reinvestment/", StringComparison.Ordinal) => reinvestment.ToString(),
                _ when path.Contains("/funds/", StringComparison.Ordinal) => fund.ToString(),
                _ when path.Contains("/reports/", StringComparison.Ordinal) => report.ToString(),
                _ => null,
            };
        }

        public static JsonNode BodyOf(string path)
        {
            var (desk, agreement, project, fund, _, _, _) = Records.Value.Result;
            object amount = Desk.Yuan(1_000_000);
            object body = path[(path.LastIndexOf('/') + 1)..] switch
            {
                "projects" => new { name = desk.NextNumber(), industry = "other", investor = "某公司", expectedInvestment = amount, illustrative = true },
                "ceremonies" => new { name = desk.NextNumber(), heldOn = "2023-09-28" },
                "claims" when path.Contains("/family/", StringComparison.Ordinal) => new { source = "公报", statedOn = "2023-09-28", size = amount, atLeast = true },
                "claims" => new { source = "报纸", statedOn = "2023-09-28", signings = 1, amount, atLeast100Million = 0 },
                "agreements" => new { number = desk.NextNumber(), projectId = project, ceremonyId = desk.Ceremony, counterparty = "某公司", amount, illustrative = true, tier = "contract", parties = new[] { "某研究院" }, fixedAssets = amount, fund = new { fundId = fund, amount } },
                "correct" => new { counterparty = "某公司", amount, tier = "contract", parties = new[] { "某研究院" }, fixedAssets = amount },
                "undo" => new { eventId = project, reason = "x" },
                "sign" => new { signedOn = "2023-09-28" },
                "hold" => new { heldOn = "2023-09-28" },
                "amend" => new { amount, reason = "x", fixedAssets = amount, fundAmount = amount },
                "fund" => new { fundId = fund, amount },
                "return" when path.Contains("/funds/", StringComparison.Ordinal) => new { entryId = project, reason = "x" },
                "confirm" when path.Contains("/funds/", StringComparison.Ordinal) => new { entries = new[] { project } },
                "terminate" or "return" or "reopen" or "revoke" or "suspend" or "resume" or "drop" or "reinstate" => new { reason = "x" },
                "reach" => new { stage = "negotiating", on = "2023-09-28", reason = "x" },
                "withdraw" => new { stage = "negotiating", reason = "x" },
                "describe" => new { plannedInvestment = amount, fixedAssets = amount, industryCode = "C3973", origin = "foreign", country = "DE", creditCode = "x", channel = "x", introducer = "x", block = "x", tags = "x" },
                "assign" => new { owner = "staff", from = "2023-09-28", reason = "x" },
                "follow-ups" => new { on = "2023-09-28", text = "x", nextOn = "2023-10-28" },
                "contacts" => new { name = "x", position = "x", organisation = "x", phone = "8200 0000", email = "x@x", note = "x" },
                "change-contact" => new { contactId = project, name = "x", position = "x", organisation = "x", phone = "8200 0000", email = "x@x", note = "x" },
                "remove-contact" or "withdraw-forgetting" or "forget-contact" => new { contactId = project },
                "request-forgetting" => new { contactId = project, basis = "person-asked" },
                "refuse-forgetting" => new { contactId = project, because = "not-shown" },
                "capital" => new { projectId = project, arrivedOn = "2023-10-28", amount, fixedAssets = amount, evidence = "bank-slip", evidenceNumber = desk.NextNumber(), illustrative = true },
                "obligations" => new { agreementId = agreement, kind = "invest", dueOn = "2099-03-31", amount, text = "x" },
                "extend" => new { to = "2099-04-30", reason = "x" },
                "fulfil" when path.Contains("/agreements/", StringComparison.Ordinal) => new { on = "2023-10-28", reason = "x" },
                "withdraw-attachment" => new { attachmentId = project, reason = "x" },
                "fulfil" => new { on = "2023-10-28", evidence = "x" },
                "enterprises" => new { name = desk.NextNumber(), creditCode = "91330402MA2CT0001G", registeredOn = "2023-09-28", registeredCapital = amount, industry = "other", illustrative = true },
                "rename" => new { name = desk.NextNumber() },
                "chain" => new { chain = "x", role = "leader" },
                "link" => new { projectId = project },
                "unlink" => new { projectId = project, reason = "x" },
                "admit" => new { carrier = "x", kind = "incubator", level = "national", on = "2023-09-28" },
                "graduate" => new { on = "2023-09-28" },
                "designations" => new { kind = "high-tech", authority = "x", number = "x", grantedOn = "2023-09-28", expiresOn = "2026-09-27" },
                "withdraw-designation" => new { designationId = project, reason = "x" },
                "list" => new { board = "bse", code = "x", on = "2023-09-28" },
                "end-listing" or "leave" => new { on = "2023-09-28", reason = "x" },
                "rates" => new { rate = "production", numerator = "in-production", denominator = "signed", source = "x", effectiveFrom = "2100-01-01" },
                "targets" => new { year = 2099, measure = "signings", kind = "province", value = 1, source = "x", illustrative = true },
                // A stage that no test looks at: limits are the bureau's, and tests run beside one another.
                "limits" => new { what = "full-capacity", days = 30 },
                // Of no kind that there is: a field that is required is asked of every lead, also of those of the tests beside this one.
                "fields" => new { name = desk.NextNumber(), kind = "colour", options = new[] { "x" }, required = false },
                "change" => new { name = desk.NextNumber(), options = new[] { "x" }, required = false },
                "fill" => new { fields = new Dictionary<Guid, string> { [project] = "x" } },
                "retire" => new { reason = "x" },
                "conditions" => new { text = "x", dueOn = "2099-03-31" },
                "meet-condition" => new { conditionId = project, on = "2023-10-28", evidence = "x" },
                "waive-condition" or "withdraw-condition" => new { conditionId = project, reason = "x" },
                "merge" => new { intoId = agreement, reason = "x" },
                "unmerge" => new { reason = "x" },
                "reports" => new { kind = "bulletin", ceremonyId = desk.Ceremony, position = 1, knownAt = "2023-09-28T08:00:00Z", on = "2023-09-28", sha256 = "x" },
                "supersede" => new { reason = "x", position = 1, knownAt = "2023-09-28T08:00:00Z", sha256 = "x" },
                "agenda" => new { agreements = Array.Empty<Guid>() },
                "share" or "unshare" => new { department = "investment-2" },
                "funds" => new { name = desk.NextNumber(), kind = "market", targetSize = amount },
                "commitments" => new { projectId = project, amount },
                "terms" => new { manager = "x", vintage = 2023, investmentUntil = "2027-09-28", termUntil = "2030-09-28", feeBasis = "committed", feeRate = 2, hurdleRate = 8, carryRate = 20, recycling = true, reason = "x" },
                "sizes" => new { source = "x", statedOn = "2023-09-28", size = amount },
                "close-raising" => new { on = "2023-09-28" },
                "close-period" => new { through = "2023-09-28" },
                "reopen-period" => new { from = "2023-09-28", reason = "x" },
                "wind-up" => new { reason = "x" },
                "partners" => new { name = desk.NextNumber(), kind = "government" },
                "subscriptions" => new { partnerId = project, amount, on = "2023-09-28" },
                "revoke-subscription" => new { subscriptionId = project, reason = "x" },
                "transfers" => new { fromPartnerId = project, toPartnerId = agreement, amount, on = "2023-09-28" },
                "reverse-transfer" => new { transferId = project, reason = "x" },
                "deals" => new { projectId = project, agreementId = agreement, amount, on = "2023-09-28" },
                "cancel-deal" or "reverse-deal" => new { dealId = project, reason = "x" },
                "flows" => new { kind = "income", on = "2023-09-28", amount },
                "calls" => new { amount, dueOn = "2023-09-28" },
                "reverse-flow" => new { flowId = project, reason = "x" },
                "facilities" => new { name = desk.NextNumber(), product = "guaranteed-loan", lender = "某银行", limit = amount, illustrative = true },
                "entries" => new { kind = "drawn", on = "2023-09-28", amount, firm = "某公司", evidence = desk.NextNumber() },
                "limit" => new { limit = amount, on = "2023-09-28", evidence = "x" },
                "confirm-entry" => new { entryId = project },
                "return-entry" or "revoke-entry" => new { entryId = project, reason = "x" },
                "reinvestment" => new { fundId = fund, @base = "fund", multiple = 1.5m, ways = OwnSpending, netOfTaxes = true, source = "x", effectiveFrom = "2023-01-01", illustrative = true },
                "rules" => new { @base = "fund", multiple = 1.5m, ways = OwnSpending, netOfTaxes = true, source = "x", effectiveFrom = "2099-01-01" },
                "cases" => new { firm = "某公司", way = "own-spending", on = "2023-09-28", amount, taxesAndFees = amount, evidence = desk.NextNumber() },
                "recognise-case" => new { caseId = project },
                "return-case" or "revoke-case" => new { caseId = project, reason = "x" },
                "consistency" => new { checkpoint = "x" },
                "packs" => new { events = Array.Empty<Guid>(), subjects = new[] { agreement }, types = new[] { "agreement_drafted" }, upTo = new Dictionary<string, long> { ["/nanhu/signings"] = 1 }, whole = false, figure = new { } },
                "erasures" => new { eventId = project, texts = new[] { "name" }, basis = "x" },
                "refuse" => new { reason = "x" },
                "repeat" => new { source = "/nanhu/signings", sequence = 1 },
                _ => new { },
            };
            return System.Text.Json.JsonSerializer.SerializeToNode(body)!;
        }
    }
}
