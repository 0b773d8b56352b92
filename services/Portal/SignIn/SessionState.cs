using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Luodi.Portal.SignIn;

/// <summary>
/// Who looks at an open page. When their session has ended the page knows at once and loads itself again, so that the cookie,
/// not the page, decides who comes next. So do all pages of a session in which nobody has done anything for the idle limit.
/// </summary>
public sealed class SessionState : ServerAuthenticationStateProvider, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private readonly Sessions _sessions;
    private readonly Accounts.Directory _directory;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _longest;
    private readonly ITimer _timer;
    private bool _over;

    public SessionState(Sessions sessions, Accounts.Directory directory, TimeProvider clock, IConfiguration configuration)
    {
        (_sessions, _directory, _clock) = (sessions, directory, clock);
        _longest = SessionCookie.Longest(configuration);
        _sessions.Ended += Look;
        _timer = clock.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>The session of this page is over.</summary>
    public event Action? Over;

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
            if (!_sessions.IsIdle(person) && await SessionCookie.Renew(person, _sessions, _directory, _clock, _longest, CancellationToken.None) is not null) return;
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
