using Luodi.Contracts.Portal;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Decisions;
using Marten;

namespace Luodi.Portal.Accounts;

/// <summary>
/// <c>dotnet Luodi.Portal.dll accounts</c>: on the first start one system and one security administrator, each with a password
/// that is printed once. <c>dotnet Luodi.Portal.dll demo</c>: the accounts that come with the demo's data, with the passwords
/// in the environment (<c>Demo__Passwords__LOGIN</c>). Run again, both change nothing.
/// </summary>
internal static class FirstAccounts
{
    private sealed record First(string Login, string Name, string Role, string? Department = null);

    private static readonly First[] Administrators =
    [
        new("sysadmin", "系统管理员", Roles.SystemAdministrator),
        new("secadmin", "安全管理员", Roles.SecurityAdministrator),
    ];

    // Names of roles, not of people.
    private static readonly First[] Demo =
    [
        new("staff", "招商专员甲", Roles.Staff, "investment-1"),
        new("staff2", "招商专员乙", Roles.Staff, "investment-1"),
        new("staff3", "招商专员丙", Roles.Staff, "investment-2"),
        new("manager", "招商科长", Roles.Manager),
        new("auditor", "审计员", Roles.Auditor),
    ];

    private static readonly (string Code, string Name)[] DemoDepartments = [("investment-1", "招商一部"), ("investment-2", "招商二部")];

    public static async Task MakeAdministrators(IServiceProvider services, CancellationToken ct)
    {
        var made = new List<(string Login, string Password)>();
        foreach (var first in Administrators)
        {
            var given = services.GetRequiredService<IConfiguration>()[$"Demo:Passwords:{first.Login}"];
            var password = given ?? Passwords.Make();
            if (await Open(services, first, password, demo: given is not null, mustChange: given is null, ct) && given is null) made.Add((first.Login, password));
        }
        if (made.Count == 0) return;
        Console.WriteLine("The first accounts. These passwords are shown now and never again; each is changed at the first sign-in:");
        foreach (var (login, password) in made) Console.WriteLine($"  {login}  {password}");
    }

    public static async Task MakeDemo(IServiceProvider services, CancellationToken ct)
    {
        await using (var session = services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            foreach (var (code, name) in DemoDepartments)
            {
                var (id, key) = (Guid.CreateVersion7(), Terms.KeyOf(TermKinds.Department, code));
                if (await session.LoadAsync<Reservation>(key, ct) is not null) continue;
                session.Insert(new Reservation(key, id));
                session.Events.StartStream<Term>(id, [.. Recorded(services, session, new TermAdded(id, TermKinds.Department, code, name))]);
            }
            await session.SaveChangesAsync(ct);
        }
        foreach (var first in Demo)
        {
            var password = services.GetRequiredService<IConfiguration>()[$"Demo:Passwords:{first.Login}"] ?? throw new InvalidOperationException($"Demo:Passwords:{first.Login} is not set.");
            await Open(services, first, password, demo: true, mustChange: false, ct);
        }
    }

    /// <returns>False where the account is there already: then its password is left as it is.</returns>
    private static async Task<bool> Open(IServiceProvider services, First first, string password, bool demo, bool mustChange, CancellationToken ct)
    {
        var (id, key) = (Guid.CreateVersion7(), OpenAccountFeature.KeyOf(first.Login));
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession();
        if (await session.LoadAsync<Reservation>(key, ct) is not null) return false;
        session.Insert(new Reservation(key, id));
        session.Events.StartStream<Account>(id, [.. Recorded(services, session, new AccountOpened(id, first.Login, first.Name, first.Department, demo), new RoleGranted(id, first.Role))]);
        // First, so that an account which is there has a password; one without an account opens nothing.
        await using (var scope = services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<Passwords>().Set(id, first.Login, password, mustChange);
        await session.SaveChangesAsync(ct);
        return true;
    }

    private static IEnumerable<object> Recorded(IServiceProvider services, IDocumentSession session, params object[] facts) =>
        session.Record(Decision.Accept(facts).Because("首次启动"), new Acting("service:portal", "first-start", null), services.GetRequiredService<TimeProvider>().Today());
}
