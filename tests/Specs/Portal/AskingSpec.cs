using System.Net;
using Luodi.Portal.Services;
using Luodi.Portal.Work;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Portal;

public sealed class AskingSpec
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, Silence.Failed)]
    [InlineData(HttpStatusCode.ServiceUnavailable, Silence.Away)]
    [InlineData(HttpStatusCode.NotFound, Silence.Unknown)]
    [InlineData(HttpStatusCode.Forbidden, Silence.Refused)]
    public async Task A_service_that_failed_at_a_question_is_not_away(HttpStatusCode status, Silence silence)
    {
        using var service = new Told(_ => (status, ""));
        (await service.Http.Ask<ProjectWork>("/api/projects/work", Ct)).Silence.ShouldBe(silence);
    }

    [Fact]
    public async Task A_bell_that_cannot_read_an_answer_ends_no_page_and_looks_again()
    {
        var older = true;
        using var service = new Told(path => (HttpStatusCode.OK, older ? "{}" : path switch
        {
            "/api/signings/work" => """{"toConfirm":0,"returned":0,"overdue":2}""",
            "/api/projects/work" => """{"capital":0,"overdue":3}""",
            _ => """{"entries":0}""",
        }));
        var waiting = new WaitingWork(new(service.Http), new(service.Http), new(service.Http), NullLogger<WaitingWork>.Instance);
        await waiting.Count(Ct);
        await waiting.Look(Ct);
        waiting.Counts.ShouldBeNull();
        older = false;
        await waiting.Look(Ct);
        waiting.Counts.ShouldBe(new WorkCounts(0, 0, Overdue: 2, Stale: 3));
    }

    [Fact]
    public void A_story_waits_for_the_last_event_until_it_is_told_or_only_later_ones_are_shown()
    {
        var noon = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.FromHours(8));
        var last = new HistoryEntry(Guid.CreateVersion7(), 1, 1, "lead_registered", noon, null, null, null, default);
        static EventListed Event(Guid id, DateTimeOffset at) => new(id, "/nanhu/signings", 1, "agreement_signed", "", at, null, null, null);
        ListPage<EventListed> Later(int count, int minutes) => new([.. Enumerable.Range(0, count).Select(_ => Event(Guid.CreateVersion7(), noon.AddMinutes(minutes)))]);
        Luodi.Portal.Projects.Story.IsTold(last, new([Event(last.EventId, noon)]), 50).ShouldBeTrue();
        Luodi.Portal.Projects.Story.IsTold(last, Later(50, minutes: 1), 50).ShouldBeTrue();
        Luodi.Portal.Projects.Story.IsTold(last, Later(49, minutes: 1), 50).ShouldBeFalse();
        Luodi.Portal.Projects.Story.IsTold(last, Later(50, minutes: -1), 50).ShouldBeFalse();
    }
}
