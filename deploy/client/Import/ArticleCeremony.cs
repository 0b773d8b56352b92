namespace Luodi.Client.Import;

/// <summary>What the newspaper article says about the ceremony, and nothing that it does not say.</summary>
public static class ArticleCeremony
{
    public const string Name = "攀高向新 扎根‘嘉’里";

    public const string Source = "《嘉兴南湖高新区(嘉兴科技城) 廿年创城 攀高逐新》";

    public const string Sentence = "现场22个签约项目,总投资额达42.11亿元,其中亿元以上项目8个。";

    /// <summary>The article says September and no day: the day is made up, and the workbook says so.</summary>
    public static readonly DateOnly HeldOn = new(2023, 9, 28);

    public static readonly Figures Claim = new(Signings: 22, AmountYuan: 4_211_000_000.00m, AtLeast100Million: 8);
}

/// <summary>The three figures by which a ceremony is spoken of.</summary>
public sealed record Figures(int Signings, decimal AmountYuan, int AtLeast100Million)
{
    public const decimal HundredMillionYuan = 100_000_000m;

    public static Figures Of(IReadOnlyCollection<decimal> amounts) =>
        new(amounts.Count, amounts.Sum(), amounts.Count(amount => amount >= HundredMillionYuan));

    public static Figures operator -(Figures left, Figures right) =>
        new(left.Signings - right.Signings, left.AmountYuan - right.AmountYuan, left.AtLeast100Million - right.AtLeast100Million);
}
