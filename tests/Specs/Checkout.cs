namespace Luodi.Specs;

/// <summary>The folder of the repository that these specifications were built in.</summary>
internal static class Checkout
{
    public static string Folder { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Luodi.slnx"))) return folder;
        }
        throw new InvalidOperationException($"There is no Luodi.slnx above {AppContext.BaseDirectory}.");
    }
}
