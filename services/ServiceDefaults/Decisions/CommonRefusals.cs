using Luodi.Contracts;

namespace Luodi.ServiceDefaults.Decisions;

public sealed record NotFound() : Refusal("There is no such record.")
{
    public override int Status => 404;
}

public sealed record ChangedMeanwhile() : Refusal("The record has changed since you read it. Read it again, then decide.")
{
    public override int Status => 412;
}

public sealed record TooManyAtOnce() : Refusal("Too many changes of this record at once. Try again.");

public sealed record IdempotencyKeyReused() : Refusal("This Idempotency-Key was used for another request.", "Idempotency-Key");

public sealed record IdempotencyKeyTooLong() : Refusal("An Idempotency-Key has at most 200 characters.", "Idempotency-Key");

public sealed record Missing(string Name) : Refusal("This field is required.", Name);

public sealed record TooLong(string Name, int Limit) : Refusal("At most {Limit} characters.", Name);

public sealed record Unprintable(string Name) : Refusal("This text has characters that cannot be shown.", Name);

public sealed record DateImplausible(string Name) : Refusal("The date lies outside 1949 to 2100.", Name);

public sealed record AmountNotPositive(string Name) : Refusal("The amount must be above zero.", Name);

public sealed record AmountFinerThanFen(string Name) : Refusal("The amount has parts of a fen: give at most two decimals.", Name);

public sealed record AmountTooLarge(string Name) : Refusal("The amount is above 10 trillion yuan: check the unit, amounts are in yuan.", Name);

public sealed record CurrencyNotKept(string Name, string Currency) : Refusal("Only CNY can be entered: {Currency} needs a dated rate.", Name);

public sealed record IndustryUnknown() : Refusal("The industry is one of microelectronics, intelligent-equipment, biomedicine, other.", "industry");

public sealed record TierUnknown() : Refusal("The tier is one of intent, framework, agreement, contract.", "tier");

public sealed record NotInItsHistory() : Refusal("There is no such change in the history of this record.", "eventId");

public sealed record ChangedSince() : Refusal("What this change set was changed again later: undo the later change first, or enter what is right.");

/// <summary>What every command asks of its fields.</summary>
public static class Fields
{
    private const int TextLimit = 300;
    private const decimal AmountLimitYuan = 10_000_000_000_000m;

    public static Refusal? Text(string? text, string name, int limit = TextLimit) =>
        string.IsNullOrWhiteSpace(text) ? new Missing(name)
        : text.Length > limit ? new TooLong(name, limit)
        : text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) ? new Unprintable(name)
        : null;

    public static Refusal? Present<T>(T? value, string name) where T : struct => value is null ? new Missing(name) : null;

    /// <summary>A day of the bureau's work: a slip of the year is caught on entry.</summary>
    public static Refusal? Date(DateOnly? date, string name) => date switch
    {
        null => new Missing(name),
        { Year: < 1949 or > 2100 } => new DateImplausible(name),
        _ => null,
    };

    /// <summary>Positive, whole fen, yuan.</summary>
    public static Refusal? Amount(Money? amount, string name) => amount switch
    {
        null => new Missing(name),
        { Currency: not "CNY" } => new CurrencyNotKept(name, amount.Currency),
        { Value: <= 0 } => new AmountNotPositive(name),
        { Value: > AmountLimitYuan } => new AmountTooLarge(name),
        { IsWholeFen: false } => new AmountFinerThanFen(name),
        _ => null,
    };

    public static Refusal? Industry(string? industry) =>
        industry is null ? new Missing("industry") : Industries.All.Contains(industry) ? null : new IndustryUnknown();

    public static Refusal? Tier(string? tier) =>
        tier is null ? new Missing("tier") : Tiers.All.Contains(tier) ? null : new TierUnknown();
}
