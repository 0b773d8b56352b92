using System.Net;
using Luodi.Portal.Figures;
using Luodi.Portal.Projects;
using Luodi.Portal.Services;
using Luodi.Portal.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Luodi.Specs.Portal;

/// <summary>Components as they are drawn, without a browser.</summary>
public sealed class DrawnSpec
{
    [Fact]
    public async Task A_board_whose_service_is_away_says_so_once()
    {
        using var service = new Told(_ => (HttpStatusCode.ServiceUnavailable, ""));
        await using var services = Services(new Addresses(), new ProjectsClient(service.Http));
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var board = (await renderer.RenderComponentAsync<BoardPage>()).ToHtmlString();
            board.Split("data-silence=").Length.ShouldBe(2);
            board.Split("data-column=").Length.ShouldBe(service.Asked.Count + 1);
        });
    }

    [Fact]
    public async Task A_reader_who_goes_back_before_the_next_page_came_waits_for_nothing()
    {
        var addresses = new Addresses();
        var next = new TaskCompletionSource<Answer<ListPage<Project>>>();
        await using var services = Services(addresses, new ProjectsClient(new HttpClient()));
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var table = await renderer.RenderComponentAsync<DataTable<Project>>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["Load"] = (Func<string, CancellationToken, Task<Answer<ListPage<Project>>>>)((query, _) =>
                    query.Contains("skip=50", StringComparison.Ordinal) ? next.Task : Task.FromResult(new Answer<ListPage<Project>>(new([], 200), null))),
                ["RowKey"] = (Func<Project, object>)(project => project.Id),
                ["Columns"] = (RenderFragment)(_ => { }),
                ["SaveViews"] = false,
                ["ChooseColumns"] = false,
            }));
            table.ToHtmlString().ShouldContain("aria-busy=\"false\"");
            addresses.NavigateTo("/projects?skip=50");
            table.ToHtmlString().ShouldContain("aria-busy=\"true\"");
            addresses.NavigateTo("/projects");
            table.ToHtmlString().ShouldContain("aria-busy=\"false\"");
            next.SetResult(new(new([], 200), null));
            await Task.Yield();
            table.ToHtmlString().ShouldContain("aria-busy=\"false\"");
        });
    }

    private static ServiceProvider Services(NavigationManager addresses, ProjectsClient projects) =>
        new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddLocalization()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new DepartmentNames(null!, TimeProvider.System, NullLogger<DepartmentNames>.Instance))
            .AddTransient<Written>()
            .AddSingleton(addresses)
            .AddSingleton(projects)
            .BuildServiceProvider();

    private sealed class Addresses : NavigationManager
    {
        public Addresses() => Initialize("http://portal/", "http://portal/projects");

        protected override void NavigateToCore(string uri, NavigationOptions options)
        {
            Uri = ToAbsoluteUri(uri).ToString();
            NotifyLocationChanged(isInterceptedLink: false);
        }
    }
}
