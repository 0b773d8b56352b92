using Luodi.Contracts;
using Luodi.ServiceDefaults.Decisions;

namespace Luodi.Funds;

public sealed record OtherCurrencyThanFund(string Name, string Currency) : Refusal("Amounts of this fund are in {Currency}.", Name);

/// <summary>What every amount of a fund is held against.</summary>
internal static class Amounts
{
    /// <summary>Positive, whole fen, in the currency of the fund.</summary>
    public static Refusal? Wrong(Money? amount, string name, Fund fund) =>
        amount is { } given && given.Currency != fund.Currency ? new OtherCurrencyThanFund(name, fund.Currency) : Fields.Amount(amount is null ? null : Money.Yuan(amount.Value), name);

    /// <summary>The same, zero too.</summary>
    public static Refusal? WrongOrZero(Money? amount, string name, Fund fund) => amount is { Value: 0 } ? Wrong(new Money(1, amount.Currency), name, fund) : Wrong(amount, name, fund);

    /// <summary>With its fen, as money is kept.</summary>
    public static decimal Kept(decimal amount) => new Money(amount).Value;
}
