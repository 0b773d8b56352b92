using Luodi.Portal.Language;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Luodi.Portal.Forms;

/// <summary>A field of an <see cref="EntryForm"/>. What the browser holds is what was entered: it is read when the form is sent.</summary>
public abstract class EntryField : ComponentBase, IDisposable
{
    [Inject] protected IStringLocalizer<Words> Words { get; set; } = default!;

    [CascadingParameter] protected EntryForm Form { get; set; } = default!;

    /// <summary>As the service calls it.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string? Hint { get; set; }

    /// <summary>May be left empty.</summary>
    [Parameter] public bool Optional { get; set; }

    protected string Id => $"{Form.Name}-{Name}";

    protected string? Error => Form.ErrorOf(Name);

    protected string? Invalid => Error is null ? null : "true";

    protected string? DescribedBy => Error is not null ? $"{Id}-error" : Hint is not null ? $"{Id}-hint" : null;

    /// <summary>What keeps the form from being sent at all; everything else is for the service to say.</summary>
    internal virtual string? Obstacle => null;

    /// <summary>Takes what stands in the page's controls, by their names.</summary>
    internal abstract Task Take(IReadOnlyDictionary<string, string> entered);

    internal void Redraw() => StateHasChanged();

    protected override void OnInitialized() => Form.Add(this);

    public void Dispose()
    {
        Form.Remove(this);
        GC.SuppressFinalize(this);
    }
}
