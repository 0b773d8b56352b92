using System.Net;
using Luodi.ServiceDefaults.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Identity;

public sealed class ServiceClientsSpec
{
    private const int Many = 30;

    [Fact]
    public async Task A_service_that_is_added_twice_is_asked_three_times_and_not_nine()
    {
        using var service = new Answering(HttpStatusCode.ServiceUnavailable);
        using var services = Services(service, times: 2);
        await Ask(services);
        service.Asked.ShouldBe(3);
    }

    [Fact]
    public async Task A_question_that_always_fails_is_not_repeated_and_takes_the_service_from_nobody()
    {
        using var service = new Answering(HttpStatusCode.InternalServerError);
        using var services = Services(service);
        for (var nth = 0; nth < Many; nth++) (await Ask(services)).ShouldBe(HttpStatusCode.InternalServerError);
        service.Asked.ShouldBe(Many);
        service.Status = HttpStatusCode.OK;
        (await Ask(services)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_service_that_is_away_is_left_alone_for_a_moment()
    {
        using var service = new Answering(HttpStatusCode.ServiceUnavailable);
        using var services = Services(service);
        await Should.ThrowAsync<BrokenCircuitException>(() => Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Ask(services))));
        service.Asked.ShouldBeLessThan(Many * 3);
    }

    [Fact]
    public async Task A_question_has_the_time_that_it_is_known_to_take()
    {
        using var service = new Answering(HttpStatusCode.OK) { Ends = false };
        using var services = Services(service);
        await Should.ThrowAsync<TimeoutRejectedException>(() => Ask(services, TimeSpan.FromMilliseconds(50)));
        service.Asked.ShouldBe(1);
    }

    private static async Task<HttpStatusCode> Ask(ServiceProvider services, TimeSpan? patience = null)
    {
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient("funds");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/funds");
        if (patience is { } time) request.Options.Set(ServiceClients.Patience, time);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static ServiceProvider Services(HttpMessageHandler service, int times = 1)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Luodi:Services:funds", "http://funds")]).Build());
        services.AddSingleton<IOwnToken, Token>();
        for (var nth = 0; nth < times; nth++) services.AddServiceClient("funds");
        services.AddHttpClient("funds").ConfigurePrimaryHttpMessageHandler(() => service);
        return services.BuildServiceProvider();
    }

    private sealed class Token : IOwnToken
    {
        public ValueTask<string> Get(CancellationToken ct) => new("token");
    }

    private sealed class Answering(HttpStatusCode status) : HttpMessageHandler
    {
        private int asked;

        public int Asked => asked;

        public HttpStatusCode Status { get; set; } = status;

        public bool Ends { get; init; } = true;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            if (!Ends) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new(Status);
        }
    }
}
