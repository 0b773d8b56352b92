namespace Luodi.SystemTests.Http;

/// <summary>First passwords and secrets are told once, and not never: whoever sends the request again, since it was not answered to its end, is told one.</summary>
public sealed class FirstSecretsTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task A_first_password_is_told_to_a_repeated_request_only_if_the_first_one_ended_before_it_was_set()
    {
        var (api, login) = (Site.As("sysadmin"), $"t{Guid.CreateVersion7():N}"[..30]);
        Task<Answer> Open() => api.Post("api/portal/accounts", new { login, name = "测试" }, ("Idempotency-Key", login));
        var first = (await Open()).Must(201);
        first["password"].GetValue<string>().ShouldNotBeEmpty();
        (await Open()).Must(201).Json!.AsObject().ShouldNotContainKey("password");
        await Undone("""delete from credentials."AspNetUsers" where "Id" = $1""", first.Id);
        var again = (await Open()).Must(201);
        (again.Id, again["login"].GetValue<string>()).ShouldBe((first.Id, login));
        again["password"].GetValue<string>().ShouldNotBe(first["password"].GetValue<string>());
        (await Open()).Must(201).Json!.AsObject().ShouldNotContainKey("password");
    }

    [Fact]
    public async Task A_program_s_first_secret_too_but_none_of_a_program_that_was_disabled()
    {
        var (api, login) = (Site.As("secadmin"), $"t{Guid.CreateVersion7():N}"[..30]);
        Task<Answer> Register() => api.Post("api/portal/clients", new { login, name = "测试", scopes = (List<string>)["feed.read"] }, ("Idempotency-Key", login));
        var first = (await Register()).Must(201);
        (await Register()).Must(201).Json!.AsObject().ShouldNotContainKey("clientSecret");
        await Undone("""delete from credentials."OpenIddictApplications" where "ClientId" = $1""", login);
        var again = (await Register()).Must(201);
        again.Id.ShouldBe(first.Id);
        again["clientSecret"].GetValue<string>().ShouldNotBe(first["clientSecret"].GetValue<string>());
        (await Register()).Must(201).Json!.AsObject().ShouldNotContainKey("clientSecret");
        (await api.Post($"api/portal/clients/{first.Id}/disable")).Must(200);
        (await Register()).Must(201).Json!.AsObject().ShouldNotContainKey("clientSecret");
    }

    /// <summary>As if the portal had ended right after the event.</summary>
    private static async Task Undone(string sql, object of)
    {
        await using var store = await Site.Store("portal");
        await using var command = store.CreateCommand(sql);
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = of });
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }
}
