using System.Net;
using System.Text;

namespace Luodi.Specs.Portal;

/// <summary>A service as the portal's clients see it: what it answers, and what it was asked.</summary>
internal sealed class Told(Func<string, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
{
    public List<string> Asked { get; } = [];

    public HttpClient Http => new(this, disposeHandler: false) { BaseAddress = new("http://service") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        Asked.Add(path);
        var (status, body) = answer(path);
        return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
