using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Luodi.Portal.Tables;

/// <summary>Draws its content after what stands before it: a table's rows after its columns have come forward.</summary>
public sealed class Late : ComponentBase
{
    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = default!;

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, ChildContent);
}
