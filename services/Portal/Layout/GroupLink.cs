using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Luodi.Portal.Layout;

/// <summary>Leads to a group of pages; what has an entry of its own below it is not meant.</summary>
public sealed class GroupLink : NavLink
{
    /// <summary>The addresses that have one.</summary>
    [Parameter, EditorRequired] public string[] Apart { get; set; } = [];

    protected override bool ShouldMatch(string uriAbsolute) =>
        base.ShouldMatch(uriAbsolute) && new Uri(uriAbsolute).AbsolutePath is var path && !Apart.Any(apart => path.StartsWith(apart, StringComparison.Ordinal));
}
