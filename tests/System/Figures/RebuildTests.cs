using System.Text.Json.Nodes;

namespace Luodi.SystemTests.Figures;

/// <summary>The ledger made anew from the journal beside the one that is read, while people work.</summary>
[Collection(nameof(Faults.OneFaultAtATime))]
public sealed class RebuildTests : IAsyncLifetime
{
    private static Site Site => Site.Here;

    public async ValueTask InitializeAsync() => await Site.Mend();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task While_the_ledger_is_made_anew_agreements_are_logged_and_read()
    {
        var desk = await Desk.Open();
        var (signings, yuan) = (1, 90_000_000m);
        await desk.Confirmed();
        await desk.Shows(1, yuan, 0);
        var rebuilding = Run("rebuild");
        while (!rebuilding.IsCompleted)
        {
            await desk.Confirmed(1_000_000);
            (signings, yuan) = (signings + 1, yuan + 1_000_000);
            // Never an error and never a figure that was not: what is confirmed may be on its way.
            var shown = await desk.Rollup();
            shown.Yuan.ShouldBe(shown.Signings == 0 ? 0 : 89_000_000 + (shown.Signings * 1_000_000m));
        }
        var (code, said) = await rebuilding;
        code.ShouldBe(0, said);
        said.ShouldContain("rebuild: equal, row by row");
        signings.ShouldBeGreaterThan(1, "Nothing was logged meanwhile.");
        await desk.Shows(signings, yuan, 0);
        (await Last()).ShouldBe(("rebuild", true, true));
        await Site.AllHealthy();
        // What came after the switch is posted into the new tables.
        await desk.Confirmed(1_000_000);
        await desk.Shows(signings + 1, yuan + 1_000_000, 0);
        (await Run("verify")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_row_that_was_tampered_with_is_named_and_mended()
    {
        var desk = await Desk.Open();
        var (changed, deleted) = (await desk.Confirmed(), await desk.Confirmed(60_000_000));
        await desk.Shows(2, 150_000_000, 0);
        await using (var server = Site.Server("reporting"))
        {
            await Do(server, "update reporting.posting set delta_amount = delta_amount + 1 where agreement = $1 and status = 'confirmed'", changed);
            await Do(server, "delete from reporting.posting where agreement = $1 and status = 'confirmed'", deleted);
            await Do(server, "update reporting.mt_doc_agreementaccount set data = jsonb_set(data, '{tier}', '\"intent\"') where id = $1", changed);
        }
        await desk.Shows(1, 90_000_001, 0);
        // A segment of the ledger more: its sums are of the tampered rows, and differ by the dozen.
        var other = await Desk.Open();
        for (var nth = 0; nth < 20; nth++) await other.Confirmed();
        await Eventually(async () => (await Site.Ask<bool>("reporting", "select (select position from reporting.ledger_sealed) > (select max(position) from reporting.posting where agreement = $1)", changed)).ShouldBeTrue());

        var (code, said) = await Run("verify");
        code.ShouldBe(1, said);
        said.ShouldContain("delta_amount 90000001.00 instead of 90000000.00");
        said.ShouldContain("missing posting ");
        said.ShouldContain($"changed mt_doc_agreementaccount {changed}: tier \"intent\" instead of \"agreement\"");
        (await Last()).ShouldBe(("verify", true, false));
        // Comparing changes nothing.
        await desk.Shows(1, 90_000_001, 0);

        (code, said) = await Run("rebuild");
        code.ShouldBe(0, said);
        said.ShouldContain("rows differ from what the journal gives");
        await desk.Shows(2, 150_000_000, 0);
        (await Run("verify")).Code.ShouldBe(0);
    }

    private static async Task<(string Verb, bool Ended, bool Switched)> Last()
    {
        var last = (await Site.Auditor.Get("api/reporting/rebuild")).Must(200)["last"];
        last["done"]!.GetValue<long>().ShouldBe(last["total"]!.GetValue<long>());
        return (last["verb"]!.GetValue<string>(), last["endedAt"] is JsonValue, last["switched"]!.GetValue<bool>());
    }

    private static async Task Do(Npgsql.NpgsqlDataSource server, string sql, Guid agreement)
    {
        await using var command = server.CreateCommand(sql);
        command.Parameters.Add(new Npgsql.NpgsqlParameter<Guid> { TypedValue = agreement });
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBePositive();
    }

    private static async Task<(int Code, string Said)> Run(string verb)
    {
        var told = (await Site.EnvironmentOf("reporting")).Concat(await Site.OwnerOf("reporting")).Select(pair => (pair.Key, pair.Value));
        using var process = Site.Start("dotnet", [Site.Program("Reporting"), verb], [.. told]);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, $"{await output}\n{await errors}");
    }
}
