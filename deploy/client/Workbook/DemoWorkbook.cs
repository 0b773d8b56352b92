using Luodi.Client.Import;
using static Luodi.Client.Workbook.CeremonyWorkbook;

namespace Luodi.Client.Workbook;

/// <summary>
/// The workbook of the demo. The article gives three totals; these rows are made up so that they add up to them.
/// Border cases are among them: exactly 1亿 (counts as 亿元以上), just below it, and amounts on other edges of size bands.
/// </summary>
public static class DemoWorkbook
{
    private static readonly (string Industry, string Trade, decimal AmountYuan)[] Projects =
    [
        ("微电子", "功率器件封装", 1_000_000_000.00m),
        ("智能装备", "工业机器人", 680_000_000.00m),
        ("生物医药", "制剂生产", 520_000_000.00m),
        ("微电子", "车规芯片测试", 420_000_000.00m),
        ("智能装备", "精密传动部件", 300_000_000.00m),
        ("微电子", "柔性传感器", 220_000_000.00m),
        ("生物医药", "体外诊断试剂", 150_000_000.00m),
        ("微电子", "射频模组", 100_000_000.00m),
        ("智能装备", "储能变流设备", 99_990_000.00m),
        ("微电子", "半导体检测设备", 95_000_000.00m),
        ("生物医药", "细胞培养耗材", 88_000_000.00m),
        ("智能装备", "数控机床", 80_000_000.00m),
        ("微电子", "光电显示材料", 75_500_000.00m),
        ("智能装备", "物流分拣设备", 68_000_000.00m),
        ("生物医药", "医用影像部件", 60_000_000.00m),
        ("微电子", "电源管理芯片", 50_000_000.00m),
        ("智能装备", "智能仪表", 49_990_000.00m),
        ("微电子", "封装基板", 48_000_000.00m),
        ("生物医药", "医用敷料", 36_800_000.00m),
        ("智能装备", "机器视觉", 31_120_000.00m),
        ("微电子", "芯片设计服务", 30_000_000.00m),
        ("生物医药", "检验服务", 8_600_000.00m),
    ];

    private static readonly string[] Notes =
    [
        "本工作簿供演示使用。",
        $"签约仪式:{ArticleCeremony.Name}",
        $"合计出自报道{ArticleCeremony.Source},原文:“{ArticleCeremony.Sentence}”",
        "报道所载合计:签约项目22个,总投资额42.11亿元(4,211,000,000.00元),其中亿元以上项目8个。",
        $"“{SheetName}”中的每一行均为示意数据:报道没有列出单个项目,各行为凑成上述合计而编写,不对应任何真实企业、项目或协议。",
        "项目、投资方、签约主体的名称均为虚构,并以“示意”标明。",
        $"报道只写明9月,没有写明日期;签约日期 {ArticleCeremony.HeldOn:yyyy-MM-dd} 为示意日期。",
        "“亿元以上”包含恰好1亿元:表中有一行恰为100,000,000.00元(计入),一行为99,990,000.00元(不计入)。",
    ];

    public static byte[] Make()
    {
        var rows = new List<object[]> { Columns.All };
        foreach (var (industry, trade, amountYuan) in Projects)
        {
            var at = rows.Count;
            var letter = (char)('A' + at - 1);
            rows.Add(
            [
                $"SY-202309-{at:00}",
                $"示意项目{at:00}·{industry}·{trade}",
                $"示意投资方{letter}",
                $"示意签约主体{letter}",
                industry,
                amountYuan,
                ArticleCeremony.HeldOn,
                "示意数据",
            ]);
        }

        return XlsxFile.Make(
            new XlsxSheet(SheetName, [14, 38, 16, 18, 12, 22, 14, 12], rows),
            new XlsxSheet("说明", [110], [["说明"], .. Notes.Select(note => new object[] { note })]));
    }
}

internal static class MakeDemoWorkbookVerb
{
    public static Verb Verb { get; } = new("make-demo-workbook", "FILE", [], async (arguments, ct) =>
    {
        await File.WriteAllBytesAsync(arguments[0], DemoWorkbook.Make(), ct);
        return 0;
    });
}
