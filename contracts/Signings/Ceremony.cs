using System.Text.Json.Serialization;

namespace Luodi.Contracts.Signings;

/// <summary>A signing ceremony was put on the calendar.</summary>
/// <param name="HeldOn">The day it is to be held, in the bureau's time zone.</param>
[EventName("ceremony_scheduled")]
public sealed record CeremonyScheduled(Guid CeremonyId, string Name, DateOnly HeldOn);

/// <summary>The ceremony took place.</summary>
[EventName("ceremony_held")]
public sealed record CeremonyHeld(Guid CeremonyId, DateOnly HeldOn);

/// <summary>Somebody outside the ledger stated figures of the ceremony (a newspaper, a bulletin, a speech). They stand beside the itemised sum and never change it.</summary>
/// <param name="Source">Where it was stated, so that a reader finds it.</param>
/// <param name="StatedOn">When it was stated, if that is known.</param>
/// <param name="Signings">How many signings are claimed.</param>
/// <param name="Amount">The total claimed.</param>
/// <param name="AtLeast100Million">How many of them are claimed to be at or above 100 million yuan, if the source says.</param>
/// <param name="CapitalInPlace">How much of the total is claimed to be in place, if the source says.</param>
/// <param name="RatePercent">The rate of the two, in percent, with its decimals as printed.</param>
/// <param name="Series">The parts of which a total is claimed (of years, of industries), yuan, in the order of the source.</param>
/// <param name="SeriesTotal">Their total, as printed.</param>
[EventName("claim_recorded")]
public sealed record ClaimRecorded(
    Guid ClaimId, Guid CeremonyId, string Source, DateOnly? StatedOn, int Signings, Money Amount, int? AtLeast100Million,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? CapitalInPlace = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? RatePercent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<decimal>? Series = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? SeriesTotal = null);

/// <summary>The ceremony was closed: nothing is signed at it any more.</summary>
[EventName("ceremony_closed")]
public sealed record CeremonyClosed(Guid CeremonyId);

/// <summary>A closed ceremony was opened again, its reason beside the event: more may be signed at it. The figure that was sealed stays.</summary>
[EventName("ceremony_reopened")]
public sealed record CeremonyReopened(Guid CeremonyId);

/// <summary>The order was set in which the ceremony's agreements are called up.</summary>
/// <param name="Agreements">All of them as they stood then, the first one first.</param>
[EventName("agenda_set")]
public sealed record AgendaSet(Guid CeremonyId, IReadOnlyList<Guid> Agreements);
