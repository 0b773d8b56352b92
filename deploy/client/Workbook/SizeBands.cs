namespace Luodi.Client.Workbook;

/// <summary>Bands by the agreed investment; an amount on an edge belongs to the band that begins there.</summary>
public static class SizeBands
{
    private static readonly (decimal FromYuan, string Api, string Name)[] All =
    [
        (0m, "under-10m", "1000万元以下"),
        (10_000_000m, "10m-50m", "1000万元至5000万元"),
        (50_000_000m, "50m-100m", "5000万元至1亿元"),
        (100_000_000m, "100m-500m", "1亿元至5亿元"),
        (500_000_000m, "500m-1bn", "5亿元至10亿元"),
        (1_000_000_000m, "1bn-up", "10亿元及以上"),
    ];

    public static string Of(decimal amountYuan) => Array.FindLast(All, band => band.FromYuan <= amountYuan).Api;

    public static string Name(string apiWord) => Array.Find(All, band => band.Api == apiWord).Name ?? apiWord;

    public static int Order(string apiWord) => Array.FindIndex(All, band => band.Api == apiWord) is >= 0 and var at ? at : All.Length;
}
