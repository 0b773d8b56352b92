using Microsoft.AspNetCore.Components;

namespace Luodi.Portal.Tables;

/// <summary>Conditions live in the address: changing one goes to the first page of what it leaves.</summary>
internal static class Address
{
    /// <summary>What the address says of a parameter; null for nothing.</summary>
    public static string? Given(this NavigationManager navigation, string name) =>
        TableQuery.Of(navigation.Uri).Filters.GetValueOrDefault(name);

    public static void Narrow(this NavigationManager navigation, string name, string? value) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [name] = string.IsNullOrWhiteSpace(value) ? null : value.Trim(),
            [TableQuery.SkipName] = null,
        }), replace: true);
}
