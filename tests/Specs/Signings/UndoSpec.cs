using Luodi.Contracts.Signings;
using Luodi.ServiceDefaults.Decisions;
using Luodi.Signings.Agreements;
using Xunit;
using static Luodi.Signings.Agreements.CorrectDraftFeature;
using static Luodi.Signings.Agreements.UndoAgreementChangeFeature;

namespace Luodi.Specs.Signings;

public sealed class UndoAgreementChangeSpec : AgreementSpec
{
    private const string Why = "更正有误";
    private static readonly DraftCorrected Corrected = new(Id, "某甲公司", Yuan(80_000_000), Parties: ["某研究院"], FixedAssets: Yuan(30_000_000));

    [Fact]
    public void A_corrected_draft_goes_back_in_all_that_was_corrected() =>
        Undo(1, Drafted, Corrected).Then(new DraftCorrected(Id, "某公司", Yuan(90_000_000), Parties: [], FixedAssets: Yuan(0))).Because(Why);

    [Fact]
    public void What_was_corrected_beside_it_since_then_stays() =>
        Undo(1, Drafted, new DraftCorrected(Id, "某甲公司", null), new DraftCorrected(Id, null, Yuan(80_000_000))).Then(new DraftCorrected(Id, "某公司", null));

    [Fact]
    public void What_was_corrected_again_is_not_undone() =>
        Undo(1, Drafted, Corrected, new DraftCorrected(Id, null, Yuan(70_000_000))).ThenRefused<ChangedSince>();

    [Fact]
    public void An_amount_within_which_a_later_part_does_not_fit_is_not_undone() =>
        Undo(1, Drafted, new DraftCorrected(Id, null, Yuan(190_000_000)), new DraftCorrected(Id, null, null, FixedAssets: Yuan(100_000_000))).ThenRefused<ChangedSince>();

    [Fact]
    public void A_correction_of_what_is_signed_by_now_is_not_undone() => Undo(1, Drafted, Corrected, Signed).ThenRefused<NotADraft>();

    [Fact]
    public void After_a_return_it_is() => Undo(1, Drafted, new DraftCorrected(Id, "某甲公司", null), Signed, SigningReturned).Then(new DraftCorrected(Id, "某公司", null));

    [Fact]
    public void What_a_second_person_confirms_is_undone_otherwise()
    {
        Undo(0, Drafted).ThenRefused<TakenBackOtherwise>();
        Undo(1, Drafted, Signed).ThenRefused<TakenBackOtherwise>();
        Undo(2, Drafted, Signed, Confirmed).ThenRefused<TakenBackOtherwise>();
    }

    private Outcome Undo(int nth, params object[] facts)
    {
        var state = Given(facts).State;
        var past = new Past<Agreement>([.. facts.Select((fact, place) => new Happened(EventId(place), fact))], nth > 0 ? Given(facts[..nth]).State : null);
        return When(Decide(state, new UndoChange(EventId(nth), Why), past, null));
    }

    private static Guid EventId(int place) => Guid.Parse($"01890000-0000-7000-8000-0000000e{place:0000}");
}
