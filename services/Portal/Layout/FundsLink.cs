using Microsoft.AspNetCore.Components.Routing;

namespace Luodi.Portal.Layout;

/// <summary>Leads to the funds; what has an entry of its own below them is not meant.</summary>
public sealed class FundsLink : NavLink
{
    protected override bool ShouldMatch(string uriAbsolute) =>
        base.ShouldMatch(uriAbsolute) && new Uri(uriAbsolute).AbsolutePath is var path && !path.StartsWith("/funds/facilities", StringComparison.Ordinal) && path != "/funds/family";
}
