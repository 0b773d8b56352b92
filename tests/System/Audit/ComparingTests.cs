namespace Luodi.SystemTests.Audit;

/// <summary>A comparison accuses nobody of what is only late, and what it found is not lost.</summary>
[Collection(nameof(Faults.OneFaultAtATime))]
public sealed class ComparingTests
{
    private static Site Site => Site.Here;

    [Fact]
    public async Task What_Reporting_has_yet_to_hear_is_no_finding_but_told()
    {
        await AuditDesk.Signed();
        await using var reporting = Site.Server("reporting");
        await using (var held = await reporting.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var transaction = await held.BeginTransactionAsync(TestContext.Current.CancellationToken);
            // Nothing is heard while this is held, and everything can be read.
            await using (var hold = new Npgsql.NpgsqlCommand("lock table reporting.intake_head in share mode", held, transaction)) await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await (await Desk.Open()).Confirmed();
            await AuditDesk.Signed();
            await using (var audit = Site.Server("audit"))
            await using (var longAgo = audit.CreateCommand("update audit.log_entry set heard_at = heard_at - interval '2 minutes' where heard_at > now() - interval '2 minutes'")) await longAgo.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            var report = await AuditDesk.Reconcile();
            report.Rows("findings").ShouldBeEmpty();
            report["reconciliation"].Text("problem").ShouldContain("/nanhu/signings");
        }
        await Eventually(async () =>
        {
            var report = await AuditDesk.Reconcile();
            report.Rows("findings").ShouldBeEmpty();
            report["reconciliation"]["problem"].ShouldBeNull();
        });
        await Site.AllHealthy();
    }

    [Fact]
    public async Task What_cannot_be_written_down_at_once_is_written_down_later()
    {
        await AuditDesk.Signed();
        await using var audit = Site.Server("audit");
        // Of two the first is refused: a number that was drawn stays drawn.
        await Do("""
            create sequence audit.refused;
            create function audit.refuse() returns trigger language plpgsql security definer as $$
              begin if nextval('audit.refused') = 1 then raise exception 'not now'; end if; return new; end $$;
            create trigger refuse before insert on audit.reconciliation for each row execute function audit.refuse();
            """);
        try
        {
            (await AuditDesk.Reconcile())["reconciliation"]["problem"].ShouldBeNull();
            await using var drawn = audit.CreateCommand("select last_value from audit.refused");
            (await drawn.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(2L);
        }
        finally
        {
            await Do("drop trigger refuse on audit.reconciliation; drop function audit.refuse; drop sequence audit.refused");
        }
        await Site.AllHealthy();

        async Task Do(string text)
        {
            await using var command = audit.CreateCommand(text);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
