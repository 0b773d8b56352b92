using Microsoft.AspNetCore.Components.Routing;

namespace Luodi.Portal.Layout;

/// <summary>Leads to the funds; what has an entry of its own below them is not meant.</summary>
public sealed class FundsLink : NavLink
{
    private static readonly string[] Elsewhere = ["/funds/facilities", "/funds/family"];

    protected override bool ShouldMatch(string uriAbsolute) =>
        base.ShouldMatch(uriAbsolute) && !Elsewhere.Any(path => new Uri(uriAbsolute).AbsolutePath.StartsWith(path, StringComparison.Ordinal));
}
