using System.Collections.Concurrent;
using System.Security.Claims;
using Marten;
using Microsoft.Extensions.Caching.Memory;

namespace Luodi.Portal.SignIn;

/// <summary>What was ended: a session (<c>sid:…</c>) or everything of an account before an instant (<c>sub:…</c>). Kept, so that it holds over restarts and in every portal.</summary>
public sealed record Revocation(string Id, DateTimeOffset At);

/// <summary>
/// Which sessions have ended. Sign-out, disabling, a changed role and signing in as somebody else end every open page of the
/// session, at once in this portal and within two seconds in others.
/// </summary>
public sealed class Sessions(IDocumentStore store, Accounts.Directory directory, IMemoryCache used, IConfiguration configuration, TimeProvider clock, ILogger<Sessions> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    /// <summary>Clocks of several portals may differ, and a row is seen only when it is committed.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);
    /// <summary>No session and no token is older.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly TimeSpan _idle = IdleLimit(configuration);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>Something has ended; whoever shows a page looks whether it is theirs.</summary>
    public event Action? Ended;

    /// <summary>How long a session lasts in which nobody does anything.</summary>
    public static TimeSpan IdleLimit(IConfiguration configuration) => configuration.GetValue("Auth:IdleLimit", TimeSpan.FromMinutes(30));

    /// <summary>Somebody did something in the session, on whichever of its pages.</summary>
    public void Touch(ClaimsPrincipal person) => used.Set(Used(person), value: true, _idle);

    /// <summary>Nobody has done anything in the session for the idle limit.</summary>
    public bool IsIdle(ClaimsPrincipal person) => !used.TryGetValue(Used(person), out _);

    /// <summary>Whether it was ended: its session, or its account after it began.</summary>
    /// <param name="since">When the session or the token began.</param>
    public bool HasEnded(ClaimsPrincipal person, DateTimeOffset since) =>
        (person.FindFirst("sid")?.Value is { } sid && _ended.ContainsKey($"sid:{sid}"))
        || (person.FindFirst("sub")?.Value is { } sub && _ended.TryGetValue($"sub:{sub}", out var at) && since <= at);

    public Task EndSession(string sid, CancellationToken ct) => End($"sid:{sid}", ct);

    public Task EndAllOf(string login, CancellationToken ct) => End($"sub:{login}", ct);

    /// <summary>What an account may do has changed: its sessions end, and the next sign-in knows what holds.</summary>
    public async Task<IResult> EndAfter(Task<IResult> command, Guid account, CancellationToken ct)
    {
        var result = await command;
        if (Accounts.Accepted.StatusOf(result) is not null && await directory.Find(account, ct) is { } changed) await EndAllOf(changed.Login, ct);
        return result;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Look(clock.GetUtcNow() - Longest, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        var (heardUntil, hears) = (clock.GetUtcNow(), true);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow();
            try
            {
                await Look(heardUntil - Overlap, stoppingToken);
                (heardUntil, hears) = (now, true);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // A background service that throws ends the portal with it. Said once: it looks again every second.
                if (hears) log.LogError(e, "Ended sessions of other portals are not heard of");
                hears = false;
            }
        }
    }

    private static string Used(ClaimsPrincipal person) => $"used {person.FindFirstValue("sid")}";

    private async Task End(string what, CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        await using var session = store.LightweightSession();
        session.Store(new Revocation(what, at));
        var forgotten = at - (Longest * 2);
        session.DeleteWhere<Revocation>(old => old.At < forgotten);
        await session.SaveChangesAsync(ct);
        directory.Forget();
        _ended[what] = at;
        Ended?.Invoke();
    }

    private async Task Look(DateTimeOffset since, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var news = false;
        foreach (var revocation in await session.Query<Revocation>().Where(row => row.At > since).ToListAsync(ct))
        {
            news |= !_ended.TryGetValue(revocation.Id, out var known) || known < revocation.At;
            _ended[revocation.Id] = revocation.At;
        }
        if (!news) return;
        directory.Forget();
        Ended?.Invoke();
    }
}
