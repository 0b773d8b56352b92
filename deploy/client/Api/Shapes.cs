namespace Luodi.Client.Api;

internal sealed record Created(Guid Id);

internal sealed record FieldDefined(Guid FieldId);

internal sealed record ConditionNoted(Guid ConditionId);

internal sealed record CapitalCalled(IReadOnlyList<Guid> Flows);

internal sealed record FacilityEntryLogged(Guid EntryId);

internal sealed record ReinvestmentLogged(Guid CaseId);

internal sealed record Money(decimal Value, string Currency)
{
    public static Money Yuan(decimal value) => new(value, "CNY");
}

internal sealed record ClaimRecorded(Guid Id, IReadOnlyList<Contradiction> Contradictions);

internal sealed record Contradiction(string Type, decimal By);

internal sealed record AgreementPage(IReadOnlyList<AgreementItem> Items, string? Next = null);

internal sealed record AgreementItem(string Number, string Status, Money Amount, string? Waiting = null, Guid? Id = null);

internal sealed record EventPage(IReadOnlyList<EventItem> Items);

internal sealed record EventItem(Guid Id, string Source, long Sequence, string Type, Guid Subject);

internal sealed record AgreementState(string Number, string Status, string? Waiting = null);

internal sealed record Versioned(long Version);

internal sealed record ProjectState(string Name, string Standing);

internal sealed record CeremonyList(IReadOnlyList<CeremonyItem> Items);

internal sealed record CeremonyItem(Guid Id, string Name);

internal sealed record CeremonyReport(
    Guid Id,
    string Name,
    DateOnly? HeldOn,
    int Signings,
    Money Amount,
    int AtLeast100Million,
    int Illustrative,
    Pending Pending,
    IReadOnlyList<IndustryLine> ByIndustry,
    IReadOnlyList<SizeBandLine> BySizeBand,
    IReadOnlyList<ClaimLine> Claims);

internal sealed record Pending(int Signings, Money Amount);

internal sealed record IndustryLine(string Industry, int Signings, Money Amount);

internal sealed record SizeBandLine(string SizeBand, int Signings, Money Amount);

internal sealed record ClaimLine(
    string Source,
    int Signings,
    Money Amount,
    int? AtLeast100Million,
    Money Residue,
    int ResidueSignings,
    int? ResidueAtLeast100Million);
