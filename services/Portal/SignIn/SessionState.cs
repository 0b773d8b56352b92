using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Luodi.Portal.SignIn;

/// <summary>
/// Who looks at an open page. When their session has ended the page knows at once and loads itself again, so that the cookie,
/// not the page, decides who comes next. A page that nobody has touched for the idle limit ends too.
/// </summary>
public sealed class SessionState : ServerAuthenticationStateProvider, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private readonly Sessions _sessions;
    private readonly Accounts.Directory _directory;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _idle;
    private readonly TimeSpan _longest;
    private readonly ITimer _timer;
    private DateTimeOffset _touched;
    private bool _over;

    public SessionState(Sessions sessions, Accounts.Directory directory, TimeProvider clock, IConfiguration configuration)
    {
        (_sessions, _directory, _clock) = (sessions, directory, clock);
        (_idle, _longest, _touched) = (configuration.GetValue("Auth:IdleLimit", TimeSpan.FromMinutes(30)), SessionCookie.Longest(configuration), clock.GetUtcNow());
        _sessions.Ended += Look;
        _timer = clock.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>The session of this page is over.</summary>
    public event Action? Over;

    /// <summary>Somebody did something here.</summary>
    public void Touch() => _touched = _clock.GetUtcNow();

    public void Dispose()
    {
        _sessions.Ended -= Look;
        _timer.Dispose();
    }

    private void Look() => _ = LookAsync();

    private async Task LookAsync()
    {
        try
        {
            if (_over || (await GetAuthenticationStateAsync()).User is not { Identity.IsAuthenticated: true } person) return;
            if (_touched + _idle > _clock.GetUtcNow() && await SessionCookie.Renew(person, _sessions, _directory, _clock, _longest, CancellationToken.None) is not null) return;
            _over = true;
            SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
            Over?.Invoke();
        }
        catch (Exception away) when (away is InvalidOperationException || ServiceDefaults.Hosting.DatabaseAway.Is(away))
        {
            // Not known yet who this is, or the database is away: the next look tells.
        }
    }
}

/// <summary>What is done in a page counts as being there.</summary>
internal sealed class Touching(AuthenticationStateProvider state) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => context =>
    {
        (state as SessionState)?.Touch();
        return next(context);
    };
}
