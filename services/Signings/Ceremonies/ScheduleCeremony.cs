using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Signings.Ceremonies;

/// <param name="HeldOn">The day in the bureau's time zone; past days are allowed, ledgers are older than this system.</param>
public sealed record ScheduleCeremony(string? Name, DateOnly? HeldOn);

public static class ScheduleCeremonyFeature
{
    public static void MapScheduleCeremony(this IEndpointRouteBuilder ceremonies) => ceremonies
        .MapPost("", (ScheduleCeremony command, Deciding<Ceremony> ceremony, CancellationToken ct) =>
            ceremony.Start(id => Decide(id, command), ct))
        .WithSummary("Puts a signing ceremony on the calendar")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, ScheduleCeremony command)
    {
        var wrong = Check.All(Fields.Text(command.Name, "name"), Fields.Date(command.HeldOn, "heldOn"));
        return wrong.Count > 0
            ? Decision.Refuse(wrong)
            : Decision.Accept(new CeremonyScheduled(id, command.Name!.Trim(), command.HeldOn!.Value));
    }
}
