using System.Collections.Concurrent;
using System.Net;
using Luodi.Client.Api;
using Luodi.Client.Workbook;

namespace Luodi.Client.Import;

/// <summary>
/// Takes a plan through the public API, one person logging and another confirming. It keeps nothing of its own:
/// every request has a key that follows from the workbook, so a second run, or the run after one that was killed, gets the first answers and goes on.
/// A row that is refused keeps no other from being imported: all of them are named at the end.
/// </summary>
/// <param name="another">Why a project that looks like one on file is another one; null where that is nobody's to say.</param>
internal sealed class Importing(LuodiApi staff, LuodiApi staff2, Action<string> tell, string? another = null)
{
    private const int RowsAtOnce = 4;
    private const int RowsPerNotice = 4;

    /// <returns>The ceremony, and the project of each row in their order.</returns>
    public async Task<(Guid Ceremony, IReadOnlyList<Guid> Projects)> ImportAsync(Plan plan, CancellationToken ct)
    {
        var ceremony = await HoldAsync(plan, ct);
        await RecordClaimAsync(plan, ceremony, ct);

        var done = 0;
        var refused = new ConcurrentDictionary<int, string>();
        var projects = new Guid[plan.Rows.Count];
        await Parallel.ForEachAsync(
            plan.Rows.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = RowsAtOnce, CancellationToken = ct },
            async (place, token) =>
            {
                try
                {
                    projects[place.Index] = await ImportRowAsync(plan, ceremony, place.Item, token);
                }
                catch (RefusedException e)
                {
                    refused[place.Index] = $"row {place.Item.Row} ({place.Item.Number}): {e.Message}";
                    return;
                }
                var count = Interlocked.Increment(ref done);
                if (count % RowsPerNotice == 0 || count == plan.Rows.Count) tell($"Signed and confirmed: {count} of {plan.Rows.Count}");
            });
        return refused.IsEmpty ? (ceremony, projects)
            : throw new ClientException(string.Join("\n  ", refused.OrderBy(row => row.Key).Select(row => row.Value).Prepend($"{refused.Count} of {plan.Rows.Count} rows were refused, the others are imported as {plan.Id}:")));
    }

    private async Task<Guid> HoldAsync(Plan plan, CancellationToken ct)
    {
        var scheduled = await staff.PostAsync<Created>(
            "api/signings/ceremonies",
            new { name = plan.Ceremony, plan.HeldOn },
            IdempotencyKey.Of(plan.Ceremony, $"{plan.HeldOn:O}", "schedule"),
            ct);
        await staff.PostAsync($"api/signings/ceremonies/{scheduled.Id}/hold", new { }, IdempotencyKey.Of(plan.Ceremony, $"{plan.HeldOn:O}", "hold"), ct);
        tell($"Ceremony scheduled and held: {plan.Ceremony}");
        return scheduled.Id;
    }

    private async Task RecordClaimAsync(Plan plan, Guid ceremony, CancellationToken ct)
    {
        var claim = ArticleCeremony.Claim;
        var recorded = await staff.PostAsync<ClaimRecorded>(
            $"api/signings/ceremonies/{ceremony}/claims",
            new
            {
                ArticleCeremony.Source,
                // No statedOn: the text of the article carries no date of its own.
                claim.Signings,
                amount = Money.Yuan(claim.AmountYuan),
                claim.AtLeast100Million,
            },
            IdempotencyKey.Of(plan.Ceremony, ArticleCeremony.Source, $"{claim}", "claim"),
            ct);
        tell($"Claim recorded: {claim.Signings} signings, {claim.AmountYuan:N2} yuan, {claim.AtLeast100Million} at or above 100 million");
        foreach (var contradiction in recorded.Contradictions) tell($"  its figures contradict each other: {contradiction.Type} by {contradiction.By}");
    }

    private async Task<Guid> ImportRowAsync(Plan plan, Guid ceremony, WorkbookRow row, CancellationToken ct)
    {
        string Key(string step) => IdempotencyKey.Of(plan.Ceremony, row, step);
        try
        {
            var project = await RegisterAsync(row, Key, ct);
            var agreement = await staff.PostAsync<Created>(
                "api/signings/agreements",
                new { row.Number, projectId = project.Id, ceremonyId = ceremony, row.Counterparty, amount = Money.Yuan(row.AmountYuan), row.Illustrative },
                Key("draft"),
                ct);
            await staff.PostAsync($"api/signings/agreements/{agreement.Id}/sign", new { row.SignedOn }, Key("sign"), ct);
            await staff2.PostAsync($"api/signings/agreements/{agreement.Id}/confirm", new { }, Key("confirm"), ct);
            return project.Id;
        }
        catch (ClientException e) when (e is not RefusedException)
        {
            throw new ClientException($"row {row.Row} ({row.Number}): {e.Message}", e.ExitCode);
        }
    }

    // The reason goes with a second request of its own key: the first one is what runs without a reason have sent, and gets its first answer.
    private async Task<Created> RegisterAsync(WorkbookRow row, Func<string, string> key, CancellationToken ct)
    {
        var (name, expectedInvestment) = (row.ProjectName, Money.Yuan(row.AmountYuan));
        try
        {
            return await staff.PostAsync<Created>("api/projects", new { name, row.Industry, row.Investor, expectedInvestment, row.Illustrative }, key("register"), ct);
        }
        catch (RefusedException e) when (another is not null && e.Status == (int)HttpStatusCode.Conflict)
        {
            return await staff.PostAsync<Created>("api/projects", new { name, row.Industry, row.Investor, expectedInvestment, row.Illustrative, another }, key("register another"), ct);
        }
    }
}
