using System.Text;
using System.Text.Json;
using Luodi.Audit.Erasing;
using Luodi.Audit.Log;
using Luodi.Contracts.Audit;
using Luodi.Contracts.Wire;
using Luodi.Funds;
using Luodi.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Agreements;
using Shouldly;
using Xunit;
using static Luodi.Audit.Erasing.DecideErasureFeature;
using static Luodi.Audit.Erasing.RequestErasureFeature;

namespace Luodi.Specs.Audit;

/// <summary>Texts of a payload that the law wants gone: asked for, and decided on by somebody else.</summary>
public sealed class ErasureSpec : Story<Erasure>
{
    private const string Payload = """{"agreementId":"018acd2e-6b00-7000-8000-000000000004","amount":{"currency":"CNY","value":90000000.00},"contact":{"phone":"13800000000"},"counterparty":"某自然人","industry":"other","number":"某自然人-1","parties":["甲","示例公司"],"signedOn":"2023-09-28"}""";
    private const string Basis = "个人信息保护法第四十七条，本人申请";
    private const string Place = "00000000000000000012";
    private const string Remains = """{"agreementId":"018acd2e-6b00-7000-8000-000000000004","amount":{"currency":"CNY","value":90000000.00},"contact":{"phone":"13800000000"},"counterparty":"〔依法删除〕","industry":"other","number":"某自然人-1","parties":["甲","〔依法删除〕"],"signedOn":"2023-09-28"}""";

    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly Guid EventId = Guid.CreateVersion7();
    private static readonly string[] Texts = ["counterparty", "parties.1"];
    private static readonly string Remainder = Erased.DigestOf(JsonElement.Parse(Remains));
    private static readonly LogEntry Logged = new(7, EventId, "/nanhu/signings", 12, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes("""{"type":"agreement_drafted"}"""), Encoding.UTF8.GetBytes(Payload));
    private static readonly ErasureRequested Requested = new(Id, EventId, "/nanhu/signings", Place, Texts, Basis);
    private static readonly ErasureApproved Approved = new(Id, EventId, "/nanhu/signings", Place, Remainder);

    private string _actor = "auditor";

    [Fact]
    public void Texts_of_an_event_that_the_log_has_are_asked_to_go() =>
        When(Ask(Texts)).Then(Requested).Reserving($"erasure {EventId}", new ErasureAskedAlready());

    [Fact]
    public void A_second_person_approves_exactly_what_remains() =>
        Given(Requested).When(erasure => Approve(erasure, JsonElement.Parse(Payload), "manager")).Then(Approved);

    [Fact]
    public void Nobody_decides_on_what_they_asked_for_themselves()
    {
        Given(Requested).When(erasure => Approve(erasure, JsonElement.Parse(Payload), "auditor")).ThenRefused<ErasureAskedByYourself>();
        Given(Requested).When(erasure => Refuse(erasure, new("依据不足"), JsonElement.Parse(Payload), "auditor")).ThenRefused<ErasureAskedByYourself>();
    }

    [Fact]
    public void A_second_person_refuses_with_the_reason_and_it_can_be_asked_for_anew() =>
        Given(Requested).When(erasure => Refuse(erasure, new("依据不足"), JsonElement.Parse(Payload), "manager")).Then(new ErasureRefused(Id, EventId)).Because("依据不足").Releasing($"erasure {EventId}");

    [Fact]
    public void Who_asked_withdraws_it_and_nobody_else()
    {
        Given(Requested).When(erasure => Withdraw(erasure, "auditor")).Then(new ErasureWithdrawn(Id, EventId)).Releasing($"erasure {EventId}");
        Given(Requested).When(erasure => Withdraw(erasure, "manager")).ThenRefused<ErasureAskedByAnother>();
    }

    [Fact]
    public void What_is_decided_waits_for_nobody()
    {
        foreach (var decided in (object[])[Approved, new ErasureRefused(Id, EventId), new ErasureWithdrawn(Id, EventId)])
        {
            Given(Requested, decided).When(erasure => Approve(erasure, JsonElement.Parse(Payload), "manager")).ThenRefused<ErasureDecided>();
            Given(Requested, decided).When(erasure => Withdraw(erasure, "auditor")).ThenRefused<ErasureDecided>();
        }
    }

    [Fact]
    public void An_event_that_the_log_does_not_have_has_nothing_to_erase() => When(Decide(Id, new(EventId, Texts, Basis), logged: null)).ThenRefused<ErasureOfUnknownEvent>("eventId");

    [Fact]
    public void A_payload_that_is_gone_is_not_erased_again()
    {
        When(Decide(Id, new(EventId, Texts, Basis), Logged with { Payload = null })).ThenRefused<PayloadErasedAlready>();
        Given(Requested).When(erasure => Approve(erasure, null, "manager")).ThenRefused<PayloadErasedAlready>();
    }

    [Theory]
    [InlineData("nothing"), InlineData("contact"), InlineData("amount.value"), InlineData("parties"), InlineData("parties.2"), InlineData("某自然人")]
    public void A_path_leads_to_a_text_and_is_not_said_again(string path)
    {
        When(Ask(["counterparty", path])).ThenRefused<PathOfNoText>("texts");
        Ask(["counterparty", path]).Refusals[0].ShouldBe(new PathOfNoText(2));
    }

    [Theory]
    [InlineData("agreementId"), InlineData("number"), InlineData("amount.currency"), InlineData("industry"), InlineData("signedOn")]
    public void Ids_days_and_codes_stay(string path) => When(Ask([path])).ThenRefused<TextMustStay>("texts");

    [Fact]
    public void What_is_to_go_is_not_written_down_anew()
    {
        When(Decide(Id, new(EventId, Texts, "应某自然人要求"), Logged)).ThenRefused<TextSaidAgain>("basis");
        Given(Requested).When(erasure => Refuse(erasure, new("某自然人已撤回"), JsonElement.Parse(Payload), "manager")).ThenRefused<TextSaidAgain>("reason");
    }

    [Fact]
    public void A_request_names_the_event_the_texts_and_its_basis() =>
        When(Decide(Id, new(null, [], " "), Logged)).ThenRefused(new Missing("eventId"), new Missing("texts"), new Missing("basis"));

    [Fact]
    public void What_remains_is_what_was_digit_for_digit()
    {
        var masked = Erased.Mask(JsonElement.Parse(Payload), Texts);
        Encoding.UTF8.GetString(Canonical.Bytes(masked)).ShouldBe(Remains);
        Encoding.UTF8.GetString(Canonical.Bytes(Erased.Mask(masked, Texts))).ShouldBe(Remains);
        Encoding.UTF8.GetString(Canonical.Bytes(Erased.Mask(JsonElement.Parse(Payload), []))).ShouldBe(Payload);
    }

    [Theory]
    [InlineData("agreementview", "status"), InlineData("project", "standing"), InlineData("project", "owners.0.owner"), InlineData("project", "lastFollowUp.by"), InlineData("agreementview", "loggedBy"),
     InlineData("knownproject", "sharedWith.0"), InlineData("project", "contacts.0.forgetting.basis"), InlineData("projectaccount", "traits.0.value"), InlineData("capitalentry", "evidence"), InlineData("agreementview", "number")]
    public void What_a_document_goes_by_stays_though_it_reads_like_a_text_that_goes(string document, string path) => Erased.MayGoFrom(document, path, "staff2").ShouldBeFalse();

    [Theory]
    [InlineData("project", "name"), InlineData("project", "lastFollowUp.text"), InlineData("project", "fields.018acd2e-6b00-7000-8000-000000000004"), InlineData("obligation", "evidence"), InlineData("agreementview", "parties.1"), InlineData("erasure", "basis")]
    public void The_texts_of_a_document_go(string document, string path) => Erased.MayGoFrom(document, path, "staff2").ShouldBeTrue();

    [Fact]
    public void No_document_loses_a_value_that_it_could_not_be_read_without()
    {
        var enums = new[] { typeof(Project), typeof(Agreement), typeof(Fund), typeof(Luodi.Ledger.Posting) }
            .SelectMany(document => document.Assembly.GetExportedTypes()).SelectMany(type => type.GetProperties())
            .Where(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsEnum: true } of && of.Namespace!.StartsWith("Luodi", StringComparison.Ordinal)).ToList();
        enums.Count.ShouldBeGreaterThan(5);
        enums.Where(property => Erased.MayGoFrom("", JsonNamingPolicy.CamelCase.ConvertName(property.Name), "Active")).Select(property => $"{property.DeclaringType!.Name}.{property.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void It_remembers_who_asked_who_decided_and_when_it_was_done()
    {
        var erasure = Given(Requested).State;
        (erasure.State, erasure.RequestedBy, erasure.Basis).ShouldBe((ErasureStates.Requested, "auditor", Basis));
        _actor = "manager";
        erasure = Evolve(erasure, Approved)!;
        (erasure.State, erasure.DecidedBy, erasure.RemainderSha256).ShouldBe((ErasureStates.Approved, "manager", Remainder));
        Evolve(erasure, new PayloadErased(Id, EventId, "/nanhu/signings", Place, Remainder))!.State.ShouldBe(ErasureStates.Erased);
    }

    protected override Erasure? Evolve(Erasure? state, object fact) => ErasureHistory.Evolve(state, fact, _actor, DateTimeOffset.UnixEpoch, reason: null);

    private static Decision Ask(IReadOnlyList<string> texts) => Decide(Id, new(EventId, texts, Basis), Logged);
}
