using Luodi.Contracts.Projects;
using Luodi.Projects;
using Luodi.Projects.Contacts;
using Luodi.ServiceDefaults.Decisions;
using Shouldly;
using Xunit;
using static Luodi.Projects.Contacts.AddContactFeature;
using static Luodi.Projects.Contacts.ChangeContactFeature;
using static Luodi.Projects.Contacts.ForgetContactFeature;

namespace Luodi.Specs.Projects;

public sealed class ContactsSpec : ProjectSpec
{
    private static readonly Guid Person = Guid.Parse("01890000-0000-7000-8000-0000000000c7");
    private static readonly AddContact Entered = new("联系人（示例）", "驻场代表", " ", "+86 573 8200 0000", "contact@example.com");
    private static readonly Contact Known = new(Person, Id, "联系人（示例）", "驻场代表", null, "+86 573 8200 0000", "contact@example.com", null);
    private static readonly ContactAdded Added = new(Id, Person, ["name", "position", "phone", "email"]);
    private static readonly ContactForgettingRequested Requested = new(Id, Person, ForgettingBases.PersonAsked);
    private static readonly ContactForgotten Forgotten = new(Id, Person, ForgettingBases.PersonAsked);

    [Fact]
    public void A_contact_is_added_and_the_history_names_its_filled_fields_alone()
    {
        Given(Lead).When(project => AddContactFeature.Decide(project, Person, Entered)).Then(Added).Answering(new { id = Person });
        Given(Lead, Added).State.Contacts.ShouldBe([new ContactMark(Person)]);
    }

    [Fact]
    public void What_is_wrong_with_it_is_said_field_by_field()
    {
        Given(Lead).When(project => AddContactFeature.Decide(project, Person, new AddContact(" ", Phone: "请电前台", Email: "x", Note: new string('长', 301))))
            .ThenRefused(new Missing("name"), new PhoneMalformed(), new EmailMalformed(), new TooLong("note", 300));
        Given(Lead).When(project => AddContactFeature.Decide(project, Person, Entered with { Phone = "x" })).ThenRefused<PhoneMalformed>("phone");
        Given(Lead).When(project => AddContactFeature.Decide(project, Person, Entered with { Email = "x" })).ThenRefused<EmailMalformed>("email");
    }

    [Fact]
    public void A_change_names_what_changed_and_one_that_changes_nothing_is_none()
    {
        Given(Lead, Added).When(Change(new ChangeContact(Person, Entered.Name, "项目经理", Phone: Entered.Phone)))
            .Then(new ContactChanged(Id, Person, ["position", "email"])).Answering(new { contactId = Person });
        Given(Lead, Added).When(Change(new ChangeContact(Person, Entered.Name, Entered.Position, Entered.Organisation, Entered.Phone, Entered.Email))).ThenNothing().Answering(new { contactId = Person });
        Given(Lead, Added).When(Change(new ChangeContact(Person, ""))).ThenRefused<Missing>("name");
        Given(Lead, Added).When(Change(new ChangeContact(null, "x"))).ThenRefused<Missing>("contactId");
        Given(Lead).When(Change(new ChangeContact(Person, "x"))).ThenRefused<NotFound>(status: 404);
    }

    [Fact]
    public void A_contact_is_removed_once_and_changed_no_more()
    {
        Given(Lead, Added).When(Remove).Then(new ContactRemoved(Id, Person));
        var removed = Given(Lead, Added, new ContactRemoved(Id, Person));
        removed.When(Remove).ThenNothing();
        removed.When(Change(new ChangeContact(Person, "x"))).ThenRefused<NotFound>(status: 404);
        removed.When(Ask(ForgettingBases.PeriodEnded)).Then(new ContactForgettingRequested(Id, Person, ForgettingBases.PeriodEnded));
    }

    [Fact]
    public void Forgetting_is_asked_for_on_a_ground_of_the_law_and_once()
    {
        Given(Lead, Added).When(Ask(ForgettingBases.PersonAsked)).Then(Requested);
        Given(Lead, Added).When(Ask(null)).ThenRefused<Missing>("basis");
        Given(Lead, Added).When(Ask("因为某人要求")).ThenRefused<ForgettingBasisUnknown>("basis");
        Given(Lead, Added, Requested).When(Ask(ForgettingBases.PersonAsked)).ThenRefused<ForgettingAskedAlready>();
    }

    [Fact]
    public void A_second_person_confirms_it()
    {
        Given(Lead, Added, Requested).When(Forget("manager")).Then(Forgotten);
        Given(Lead, Added).When(Forget("manager")).ThenRefused<NoForgettingAsked>();
        Given(Lead, Added, Requested).When(Forget("staff")).ThenRefused<ForgettingAskedByYourself>();
        Given(Lead, Added, Requested).When(Refuse(ForgettingRefusals.NotShown, "staff")).ThenRefused<ForgettingAskedByYourself>();
    }

    [Fact]
    public void Or_refuses_it_and_whoever_asked_may_withdraw_it()
    {
        Given(Lead, Added, Requested).When(Refuse(ForgettingRefusals.MustBeKept)).Then(new ContactForgettingRefused(Id, Person, ForgettingRefusals.MustBeKept));
        Given(Lead, Added, Requested).When(Refuse(null)).ThenRefused<Missing>("because");
        Given(Lead, Added, Requested).When(Refuse("x")).ThenRefused<ForgettingRefusalUnknown>("because");
        Given(Lead, Added, Requested).When(Withdraw).Then(new ContactForgettingWithdrawn(Id, Person));
        Given(Lead, Added).When(Withdraw).ThenRefused<NoForgettingAsked>();
        foreach (object ended in (object[])[new ContactForgettingRefused(Id, Person, ForgettingRefusals.MustBeKept), new ContactForgettingWithdrawn(Id, Person)])
        {
            Given(Lead, Added, Requested, ended).State.Contacts.ShouldBe([new ContactMark(Person)]);
        }
    }

    [Fact]
    public void Of_who_was_forgotten_the_history_knows_when_by_whom_and_why_and_nothing_is_logged_any_more()
    {
        var asked = Given(Lead, Added, Requested).State;
        asked.Contacts.ShouldBe([new ContactMark(Person, ContactStatus.Present, new Forgetting(ForgettingBases.PersonAsked, "staff", Day))]);
        var forgotten = ProjectHistory.Evolve(asked, Forgotten, new Told(Today, "manager"))!;
        forgotten.Contacts.ShouldBe([new ContactMark(Person, ContactStatus.Forgotten, new Forgetting(ForgettingBases.PersonAsked, "staff", Day, "manager", Today))]);
        foreach (var rule in (Func<Project, Decision>[])[Change(new ChangeContact(Person, "x")), Remove, Ask(ForgettingBases.PersonAsked), Withdraw, Refuse(ForgettingRefusals.NotShown), Forget("manager")])
        {
            Given(Lead, Added, Requested, Forgotten).When(rule).ThenRefused<AlreadyForgotten>();
        }
    }

    [Fact]
    public void Each_answer_names_the_contact_so_that_the_digest_of_its_request_is_found()
    {
        var named = new { contactId = Person };
        Given(Lead, Added).When(Remove).Then(new ContactRemoved(Id, Person)).Answering(named);
        Given(Lead, Added, new ContactRemoved(Id, Person)).When(Remove).ThenNothing().Answering(named);
        Given(Lead, Added).When(Ask(ForgettingBases.PersonAsked)).Then(Requested).Answering(named);
        Given(Lead, Added, Requested).When(Withdraw).Then(new ContactForgettingWithdrawn(Id, Person)).Answering(named);
        Given(Lead, Added, Requested).When(Refuse(ForgettingRefusals.NotShown)).Then(new ContactForgettingRefused(Id, Person, ForgettingRefusals.NotShown)).Answering(named);
        Given(Lead, Added, Requested).When(Forget("manager")).Then(Forgotten).Answering(named);
    }

    [Fact]
    public void A_past_of_which_the_request_is_no_part_is_told_all_the_same() =>
        Given(Lead, Added, Forgotten).State.Contacts.ShouldBe([new ContactMark(Person, ContactStatus.Forgotten)]);

    private static Func<Project, Decision> Change(ChangeContact command) => project => ChangeContactFeature.Decide(project, command, Known);

    private static Decision Remove(Project project) => RemoveContactFeature.Decide(project, new RemoveContact(Person));

    private static Func<Project, Decision> Ask(string? basis) => project => Request(project, new RequestForgetting(Person, basis));

    private static Decision Withdraw(Project project) => ForgetContactFeature.Withdraw(project, new WithdrawForgetting(Person));

    private static Func<Project, Decision> Refuse(string? because, string by = "manager") => project => ForgetContactFeature.Refuse(project, new RefuseForgetting(Person, because), by);

    private static Func<Project, Decision> Forget(string by) => project => ForgetContactFeature.Forget(project, new ForgetContact(Person), by);
}
