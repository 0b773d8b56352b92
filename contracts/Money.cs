namespace Luodi.Contracts;

/// <summary>An amount of one currency. In events and over HTTP it is <c>{"value": 90000000.00, "currency": "CNY"}</c>, in yuan, never rounded.</summary>
public sealed record Money
{
    /// <param name="value">In whole units of the currency (yuan, not fen or 万元). Kept with two decimals whenever it fits in them, so that equal amounts are equal bytes.</param>
    /// <param name="currency">ISO 4217.</param>
    public Money(decimal value, string currency = "CNY")
    {
        Value = decimal.Round(value, 2) == value ? decimal.Round(value, 2) + 0.00m : value;
        Currency = currency;
    }

    /// <summary>In whole units of the currency.</summary>
    public decimal Value { get; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; }

    /// <summary>Nothing finer than a fen.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsWholeFen => decimal.Round(Value, 2) == Value;

    /// <summary>Chinese yuan.</summary>
    public static Money Yuan(decimal value) => new(value);

    /// <exception cref="InvalidOperationException">The currencies differ: there is no sum without a dated rate.</exception>
    public static Money operator +(Money left, Money right) => new(left.Value + right.InCurrencyOf(left), left.Currency);

    /// <inheritdoc cref="op_Addition"/>
    public static Money operator -(Money left, Money right) => new(left.Value - right.InCurrencyOf(left), left.Currency);

    private decimal InCurrencyOf(Money other) => string.Equals(Currency, other.Currency, StringComparison.Ordinal)
        ? Value
        : throw new InvalidOperationException($"{Currency} and {other.Currency} have no sum without a dated rate.");
}
