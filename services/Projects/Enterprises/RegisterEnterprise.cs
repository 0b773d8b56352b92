using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Identity;

namespace Luodi.Projects.Enterprises;

/// <param name="RegisteredCapital">As on its licence.</param>
public sealed record RegisterEnterprise(string? Name, string? CreditCode, DateOnly? RegisteredOn, Money? RegisteredCapital, string? Industry, bool Illustrative = false);

public static class RegisterEnterpriseFeature
{
    public sealed record CreditCodeMalformed() : Refusal("A unified social credit code has 18 characters, the last one a check (GB 32100): this one has a slip.", "creditCode");

    public sealed record RegisteredAlready(string CreditCode) : Refusal("There is an enterprise {CreditCode} already.", "creditCode")
    {
        public override int Status => 409;
    }

    public sealed record DayNotCome(string Name) : Refusal("This day has not come yet.", Name);

    public static void MapRegisterEnterprise(this IEndpointRouteBuilder enterprises) => enterprises
        .MapPost("", (RegisterEnterprise command, Deciding<Enterprise> enterprise, TimeProvider clock, CancellationToken ct) =>
            enterprise.Start(id => Decide(id, command, enterprise.Acting.Department, clock.Today()), ct))
        .WithSummary("Enters an enterprise of the zone")
        .RequireAuthorization(Policies.LogDeals);

    public static Decision Decide(Guid id, RegisterEnterprise command, string? department, DateOnly today)
    {
        var code = command.CreditCode?.Trim().ToUpperInvariant();
        var wrong = Check.All(
            Fields.Text(command.Name, "name"),
            Fields.Text(code, "creditCode") ?? (CreditCode.IsValid(code!) ? null : new CreditCodeMalformed()),
            Past(command.RegisteredOn, "registeredOn", today),
            command.RegisteredCapital is { } capital ? Fields.Amount(capital, "registeredCapital") : null,
            Fields.Industry(command.Industry));
        if (wrong.Count > 0) return Decision.Refuse(wrong);
        return Decision
            .Accept(new EnterpriseRegistered(id, command.Name!.Trim(), code!, command.RegisteredOn!.Value, command.RegisteredCapital, command.Industry!, command.Illustrative, department))
            .Effective(command.RegisteredOn.Value)
            .Reserving($"enterprise {code}", new RegisteredAlready(code!));
    }

    /// <summary>A day that has come.</summary>
    internal static Refusal? Past(DateOnly? day, string name, DateOnly today) => Fields.Date(day, name) ?? (day > today ? new DayNotCome(name) : null);
}
