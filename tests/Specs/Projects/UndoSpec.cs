using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Projects;
using Luodi.Projects.CustomFields;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Projects.CustomFields.FillFieldsFeature;
using static Luodi.Projects.Milestones.ReachStageFeature;
using static Luodi.Projects.Milestones.WithdrawStageFeature;
using static Luodi.Projects.Undo.UndoProjectChangeFeature;

namespace Luodi.Specs.Projects;

public sealed class UndoProjectChangeSpec : ProjectSpec
{
    private const string Why = "录错项目";
    private static readonly Guid Field = Guid.Parse("01890000-0000-7000-8000-0000000000f1");
    private static readonly ProjectDescribed Bare = new(Id, null, null, null, null, null, null, null, null, null, null);
    private static readonly ProjectDescribed Planned = Bare with { PlannedInvestment = Money.Yuan(500_000_000) };
    private static readonly ProjectFieldFilled Filled = new(Id, Field, "牵头人", null, "某处");
    private static readonly FieldBook Book = new(FieldBook.Only, [new(Field, "牵头人", FieldKinds.Text, [], [], Required: false)]);
    private static readonly OwnerAssigned HandedOver = new(Id, "staff2", Day.AddDays(10));

    [Fact]
    public void A_description_goes_back_to_the_one_before() =>
        Undo(2, Lead, Planned, Planned with { PlannedInvestment = Money.Yuan(50_000_000) }).Then(Planned).Because(Why);

    [Fact]
    public void The_first_description_goes_back_to_nothing() => Undo(1, Lead, Planned).Then(Bare);

    [Fact]
    public void What_was_added_to_a_description_since_then_stays() =>
        Undo(1, Lead, Planned, Planned with { Block = "b1" }).Then(Bare with { Block = "b1" });

    [Fact]
    public void A_part_that_was_changed_again_is_not_undone() =>
        Undo(1, Lead, Planned, Planned with { PlannedInvestment = Money.Yuan(60_000_000) }).ThenRefused<ChangedSince>();

    [Fact]
    public void A_part_on_which_a_later_one_rests_is_not_undone() =>
        Undo(1, Lead, Bare with { Origin = Origins.Foreign }, Bare with { Origin = Origins.Foreign, Country = "DE" }).ThenRefused<ChangedSince>();

    [Fact]
    public void A_field_of_the_bureaus_own_goes_back() => Undo(1, Lead, Filled).Then(new ProjectFieldFilled(Id, Field, "牵头人", "某处", null));

    [Fact]
    public void A_field_that_was_filled_again_is_not_undone() => Undo(1, Lead, Filled, Filled with { From = "某处", To = "他处" }).ThenRefused<ChangedSince>();

    [Fact]
    public void A_field_that_was_retired_keeps_what_it_has() =>
        Undo(1, Book with { Fields = [Book.Fields[0] with { Retired = true }] }, Lead, Filled).ThenRefused<FieldRetired>(Field.ToString());

    [Fact]
    public void An_owner_goes_back_to_the_one_before_from_the_same_day() =>
        Undo(1, Lead, HandedOver).Then(new OwnerAssigned(Id, "staff", HandedOver.From)).Effective(HandedOver.From);

    [Fact]
    public void A_handover_after_which_there_was_another_one_is_not_undone() =>
        Undo(1, Lead, HandedOver, HandedOver with { Owner = "staff3", From = Day.AddDays(20) }).ThenRefused<ChangedSince>();

    [Fact]
    public void A_stage_is_withdrawn_and_a_withdrawal_is_undone_on_the_day_that_it_had()
    {
        var reached = new StageReached(Id, Stages.Negotiating, Day);
        var withdrawn = new StageWithdrawn(Id, Stages.Negotiating, Day);
        Undo(1, Lead, reached).Then(withdrawn);
        Undo(2, Lead, reached, withdrawn).Then(reached).Effective(Day);
        Undo(1, Lead, reached, withdrawn).ThenRefused<ChangedSince>();
    }

    [Fact]
    public void A_stage_on_which_another_rests_is_not_undone() =>
        Undo(1, Lead, new StageReached(Id, Stages.LandSecured, Day), new StageReached(Id, Stages.GroundBroken, Day)).ThenRefused<AnotherRestsOnIt>("stage");

    [Fact]
    public void What_follows_from_a_paper_is_undone_there() => Undo(1, Lead, Signed).ThenRefused<FollowsFromItsAgreement>("stage");

    [Fact]
    public void What_has_an_opposite_is_undone_by_it() => Undo(1, Lead, new ProjectSuspended(Id)).ThenRefused<HasAWayBack>();

    [Fact]
    public void A_contact_is_changed_itself_for_the_history_does_not_hold_who_it_was() =>
        Undo(1, Lead, new ContactAdded(Id, AgreementId, [ContactFields.Name])).ThenRefused<ContactsAreChangedThemselves>();

    [Fact]
    public void A_lead_and_a_talk_stay()
    {
        Undo(0, Lead).ThenRefused<StaysInTheHistory>();
        Undo(1, Lead, new FollowUpLogged(Id, Field, Day, "谈过", null)).ThenRefused<StaysInTheHistory>();
    }

    [Fact]
    public void A_project_that_nobody_had_goes_back_to_nobody()
    {
        var nobodys = ProjectHistory.Evolve(null, Lead, new Told(Day))!;
        var handed = ProjectHistory.Evolve(nobodys, HandedOver, new Told(Day, "manager"))!;
        var past = new Past<Project>([new(EventId(0), Lead), new(EventId(1), HandedOver)], nobodys);
        When(Decide(handed, new UndoChange(EventId(1), Why), past, Book, Today)).ThenRefused<NobodyHadItBefore>();
    }

    [Fact]
    public void What_is_undone_already_is_not_undone_again_until_that_is_undone()
    {
        Told_as_undone(1, Planned, (1, Bare)).ThenNothing();
        Told_as_undone(1, Planned, (1, Bare), (2, Planned)).Then(Bare);
    }

    [Fact]
    public void Undoing_names_the_change_that_it_undoes()
    {
        var (state, past) = (Given(Lead, Planned).State, new Past<Project>([new(EventId(0), Lead), new(EventId(1), Planned)], Given(Lead).State));
        Decide(state, new UndoChange(EventId(1), Why), past, Book, Today).Undoes.ShouldBe(EventId(1));
    }

    [Fact]
    public void A_change_of_another_record_is_none_of_this_one() => Undo(7, Lead, Planned).ThenRefused<NotInItsHistory>("eventId");

    [Fact]
    public void Which_change_and_why_are_said() =>
        When(Decide(Given(Lead).State, new UndoChange(null, " "), new([], null), Book, Today)).ThenRefused(new Missing("eventId"), new Missing("reason"));

    private Outcome Undo(int nth, params object[] facts) => Undo(nth, Book, facts);

    private Outcome Undo(int nth, FieldBook book, params object[] facts) => When(Decide(
        Given(facts).State, new UndoChange(EventId(nth), Why),
        new Past<Project>([.. facts.Select((fact, place) => new Happened(EventId(place), fact))], nth > 0 ? Given(facts[..Math.Min(nth, facts.Length)]).State : null), book, Today));

    // Each further fact undoes one of the earlier ones.
    private Outcome Told_as_undone(int nth, object change, params (int Of, object Fact)[] undoings)
    {
        object[] facts = [Lead, change, .. undoings.Select(each => each.Fact)];
        Happened[] events = [new(EventId(0), Lead), new(EventId(1), change), .. undoings.Select((each, place) => new Happened(EventId(place + 2), each.Fact, EventId(each.Of).ToString()))];
        return When(Decide(Given(facts).State, new UndoChange(EventId(nth), Why), new Past<Project>(events, Given(facts[..nth]).State), Book, Today));
    }

    private static Guid EventId(int place) => Guid.Parse($"01890000-0000-7000-8000-0000000e{place:0000}");
}
