using Luodi.Contracts.Portal;
using Luodi.Portal.Services;

namespace Luodi.Portal.Administration;

internal static class Departments
{
    /// <summary>Those that new records may have, for a choice.</summary>
    public static IReadOnlyList<(string Key, string Word)> Of(Answer<TermList> terms) =>
        [.. (terms.Value?.Items ?? []).Where(term => term is { Kind: TermKinds.Department, Retired: false }).Select(term => (term.Code, term.Name))];
}
