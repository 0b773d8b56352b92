using System.Globalization;
using CsCheck;
using Luodi.Contracts;
using Luodi.Contracts.Projects;
using Luodi.Projects;
using Luodi.Projects.CustomFields;
using Luodi.Projects.Leads;
using Luodi.Projects.Lists;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Lists;
using Shouldly;
using Xunit;
using static Luodi.Projects.CustomFields.DefineFieldFeature;
using static Luodi.Projects.CustomFields.FillFieldsFeature;
using static Luodi.Projects.CustomFields.RetireFieldFeature;

namespace Luodi.Specs.Projects;

public abstract class CustomFieldsSpec : Story<FieldBook>
{
    protected static readonly Guid Note = Guid.Parse("01890000-0000-7000-8000-0000000000c1");
    protected static readonly Guid Power = Guid.Parse("01890000-0000-7000-8000-0000000000c2");
    protected static readonly Guid Visit = Guid.Parse("01890000-0000-7000-8000-0000000000c3");
    protected static readonly Guid Land = Guid.Parse("01890000-0000-7000-8000-0000000000c4");
    protected static readonly Guid Key = Guid.Parse("01890000-0000-7000-8000-0000000000c5");

    protected static readonly ProjectFieldDefined Noted = new(FieldBook.Only, Note, "备注", FieldKinds.Text, [], Required: false);
    protected static readonly ProjectFieldDefined Powered = new(FieldBook.Only, Power, "用电负荷（千瓦）", FieldKinds.Number, [], Required: false);
    protected static readonly ProjectFieldDefined Visited = new(FieldBook.Only, Visit, "首次来访", FieldKinds.Date, [], Required: false);
    protected static readonly ProjectFieldDefined Landed = new(FieldBook.Only, Land, "用地方式", FieldKinds.Choice, ["出让", "租赁"], Required: true);
    protected static readonly ProjectFieldDefined Keyed = new(FieldBook.Only, Key, "重点项目", FieldKinds.YesNo, [], Required: false);
    protected static readonly ProjectFieldDefined[] All = [Noted, Powered, Visited, Landed, Keyed];

    protected static FieldBook Book(params object[] facts) => facts.Aggregate((FieldBook?)null, FieldBookHistory.Evolve)!;

    protected override FieldBook? Evolve(FieldBook? state, object fact) => FieldBookHistory.Evolve(state, fact);
}

public sealed class DefineFieldSpec : CustomFieldsSpec
{
    private static readonly DefineField Choice = new(" 用地方式 ", FieldKinds.Choice, [" 出让 ", "租赁"], Required: true);

    [Fact]
    public void A_field_has_a_name_a_kind_and_where_it_is_a_choice_its_options() => When(DefineFieldFeature.Decide(FieldBook.Empty, Land, Choice)).Then(Landed).Answering(new { fieldId = Land });

    [Fact]
    public void What_is_missing_is_said_at_once()
    {
        Refuse(new(null, null)).ThenRefused(new Missing("name"), new Missing("kind"));
        Refuse(Choice with { Options = null }).ThenRefused<Missing>("options");
        Refuse(Choice with { Options = ["出让", " "] }).ThenRefused<Missing>("options");
    }

    [Fact]
    public void A_name_has_at_most_50_characters()
    {
        When(DefineFieldFeature.Decide(FieldBook.Empty, Note, new(new string('字', 50), FieldKinds.Text))).Then(Noted with { Name = new string('字', 50) });
        Refuse(new(new string('字', 51), FieldKinds.Text)).ThenRefused(new TooLong("name", 50));
    }

    [Fact]
    public void Two_fields_that_take_values_have_two_names()
    {
        Given(Noted).When(book => DefineFieldFeature.Decide(book, Power, new("备注", FieldKinds.Number))).ThenRefused<FieldNameTaken>("name");
        Given(Noted, new ProjectFieldRetired(FieldBook.Only, Note, "备注")).When(book => DefineFieldFeature.Decide(book, Power, new("备注", FieldKinds.Number))).Then(Powered with { Name = "备注" });
    }

    [Fact]
    public void Options_are_of_a_choice_each_once()
    {
        Refuse(new("x", "colour")).ThenRefused<FieldKindUnknown>("kind");
        Refuse(new("x", FieldKinds.Text, ["a"])).ThenRefused<OptionsNotAsked>("options");
        Refuse(Choice with { Options = ["出让", "租赁", "出让"] }).ThenRefused(new OptionTwice("出让"));
        Refuse(Choice with { Options = [.. Enumerable.Range(0, 101).Select(option => $"{option}")] }).ThenRefused(new TooManyOptions(100));
    }

    [Fact]
    public void A_bureau_has_at_most_50_of_them()
    {
        var full = Book([.. Enumerable.Range(0, 50).Select(number => Noted with { FieldId = Guid.CreateVersion7(), Name = $"{number}" })]);
        When(DefineFieldFeature.Decide(full, Note, new("备注", FieldKinds.Text))).ThenRefused<TooManyFields>();
        When(DefineFieldFeature.Decide(full with { Fields = [full.Fields[0] with { Retired = true }, .. full.Fields.Skip(1)] }, Note, new("备注", FieldKinds.Text))).Then(Noted);
    }

    private static Outcome Refuse(DefineField command) => When(DefineFieldFeature.Decide(FieldBook.Empty, Note, command));
}

public sealed class ChangeFieldSpec : CustomFieldsSpec
{
    [Fact]
    public void A_field_is_renamed_and_asked_for_or_not() =>
        Given(Landed).When(book => Change(book, Land, new("供地方式", null, Required: false))).Then(new ProjectFieldChanged(FieldBook.Only, Land, "供地方式", ["出让", "租赁"], [], Required: false));

    [Fact]
    public void An_option_is_added_or_retires_and_can_come_back()
    {
        var withdrawn = new ProjectFieldChanged(FieldBook.Only, Land, "用地方式", ["出让", "先租后让"], ["租赁"], Required: true);
        Given(Landed).When(book => Change(book, Land, new("用地方式", ["出让", "先租后让"], Required: true))).Then(withdrawn);
        Given(Landed, withdrawn).When(book => Change(book, Land, new("用地方式", ["租赁", "先租后让"], Required: true)))
            .Then(new ProjectFieldChanged(FieldBook.Only, Land, "用地方式", ["租赁", "先租后让"], ["出让"], Required: true));
    }

    [Fact]
    public void The_same_again_changes_nothing() => Given(Landed).When(book => Change(book, Land, new(" 用地方式", ["出让", "租赁"], Required: true))).ThenNothing();

    [Fact]
    public void It_is_held_to_what_a_new_one_is()
    {
        Given(Landed).When(book => Change(book, Note, new("x"))).ThenRefused(new NotFound());
        Given(Landed, Noted).When(book => Change(book, Land, new("备注"))).ThenRefused<FieldNameTaken>("name");
        Given(Landed, Noted).When(book => Change(book, Note, new("备注", ["a"]))).ThenRefused<OptionsNotAsked>("options");
        Given(Landed).When(book => Change(book, Land, new(null, []))).ThenRefused(new Missing("name"), new Missing("options"));
    }
}

public sealed class RetireFieldSpec : CustomFieldsSpec
{
    private static readonly ProjectFieldRetired Retired = new(FieldBook.Only, Note, "备注");

    [Fact]
    public void A_field_is_retired_with_a_reason_and_taken_up_again()
    {
        Given(Noted).When(book => Retire(book, Note, new("不再统计"))).Then(Retired).Because("不再统计");
        Given(Noted).When(book => Retire(book, Note, new(null))).ThenRefused(new Missing("reason"));
        Given(Noted, Retired).When(book => Retire(book, Note, new("不再统计"))).ThenNothing();
        Given(Noted, Retired).When(book => TakeUp(book, Note)).Then(new ProjectFieldTakenUp(FieldBook.Only, Note, "备注"));
        Given(Noted, Retired, new ProjectFieldTakenUp(FieldBook.Only, Note, "备注")).When(book => TakeUp(book, Note)).ThenNothing();
    }

    [Fact]
    public void It_comes_back_where_there_is_a_place_for_it()
    {
        Given(Noted, Retired, Powered with { Name = "备注" }).When(book => TakeUp(book, Note)).ThenRefused<FieldNameTaken>("name");
        Given([Noted, Retired, .. Enumerable.Range(0, 50).Select(number => Noted with { FieldId = Guid.CreateVersion7(), Name = $"{number}" })]).When(book => TakeUp(book, Note)).ThenRefused<TooManyFields>();
    }

    [Fact]
    public void One_that_there_is_not_is_not_found()
    {
        Given(Noted).When(book => Retire(book, Power, new("x"))).ThenRefused(new NotFound());
        Given(Noted).When(book => TakeUp(book, Power)).ThenRefused(new NotFound());
    }
}

public sealed class FillFieldsSpec : CustomFieldsSpec
{
    private static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-0000000000b1");
    private static readonly LeadRegistered Lead = new(Id, "功率器件封装", Industries.Microelectronics, "某投资方", null, Illustrative: false);

    [Fact]
    public void Values_are_kept_in_one_form_each_with_what_stood_there_before() =>
        When(Fill(Project(), (Note, " 需双回路供电 "), (Power, "+1200.50"), (Visit, "2026-03-31"), (Land, "出让"), (Key, "yes"))).Then(
            new ProjectFieldFilled(Id, Note, "备注", null, "需双回路供电"), new ProjectFieldFilled(Id, Power, "用电负荷（千瓦）", null, "1200.5"), new ProjectFieldFilled(Id, Visit, "首次来访", null, "2026-03-31"),
            new ProjectFieldFilled(Id, Land, "用地方式", null, "出让"), new ProjectFieldFilled(Id, Key, "重点项目", null, "yes"));

    [Fact]
    public void A_value_is_changed_or_cleared_and_what_is_left_out_stays()
    {
        When(Fill(Project((Note, "旧"), (Power, "5")), (Note, "新"))).Then(new ProjectFieldFilled(Id, Note, "备注", "旧", "新"));
        When(Fill(Project((Note, "旧"), (Power, "5")), (Note, " "), (Power, "5.0"))).Then(new ProjectFieldFilled(Id, Note, "备注", "旧", null));
        After(Project((Note, "旧"), (Power, "5")), new ProjectFieldFilled(Id, Note, "备注", "旧", null)).Fields.ShouldBe(new Dictionary<Guid, string> { [Power] = "5" });
    }

    [Fact]
    public void Each_is_refused_at_its_field()
    {
        Refuse(Power, "1,200").ThenRefused<NumberMalformed>($"{Power}");
        Refuse(Power, "0.00001").ThenRefused<NumberMalformed>($"{Power}");
        Refuse(Power, "100000000000").ThenRefused<NumberMalformed>($"{Power}");
        When(Fill(Project(), (Power, "-99999999999.9999"))).Then(new ProjectFieldFilled(Id, Power, "用电负荷（千瓦）", null, "-99999999999.9999"));
        Refuse(Visit, "2026-02-30").ThenRefused<DateMalformed>($"{Visit}");
        Refuse(Visit, "1900-01-01").ThenRefused<DateImplausible>($"{Visit}");
        Refuse(Land, "划拨").ThenRefused(new NotAnOption($"{Land}", "出让, 租赁"));
        Refuse(Land, "").ThenRefused(new Missing($"{Land}"));
        Refuse(Key, "true").ThenRefused<NeitherYesNorNo>($"{Key}");
        Refuse(Note, new string('字', 301)).ThenRefused<TooLong>($"{Note}");
        Refuse(Id, "x").ThenRefused<FieldUnknown>($"{Id}");
        When(Fill(Project(), (Visit, "x"), (Power, "x"), (Note, "好"))).ThenRefused(new NumberMalformed($"{Power}", 4), new DateMalformed($"{Visit}"));
        When(FillFieldsFeature.Decide(Project(), new FillFields(null), Book(All))).ThenRefused(new Missing("fields"));
    }

    [Fact]
    public void A_retired_field_takes_no_new_value_and_keeps_the_one_it_has()
    {
        var book = Book([.. All, new ProjectFieldRetired(FieldBook.Only, Note, "备注")]);
        When(Fill(book, Project((Note, "旧")), (Note, "新"))).ThenRefused<FieldRetired>($"{Note}");
        When(Fill(book, Project((Note, "旧")), (Note, null))).ThenRefused<FieldRetired>($"{Note}");
        When(Fill(book, Project((Note, "旧")), (Note, "旧"))).ThenNothing();
    }

    [Fact]
    public void A_retired_option_stays_where_it_stands()
    {
        var book = Book([.. All, new ProjectFieldChanged(FieldBook.Only, Land, "用地方式", ["出让"], ["租赁"], Required: true)]);
        When(Fill(book, Project((Land, "租赁")), (Land, "租赁"))).ThenNothing();
        When(Fill(book, Project((Land, "出让")), (Land, "租赁"))).ThenRefused<NotAnOption>($"{Land}");
    }

    [Fact]
    public void A_lead_is_not_registered_without_what_is_required()
    {
        var lead = new RegisterLead(Lead.Name, Lead.Industry, Lead.Investor, null);
        When(RegisterLeadFeature.Decide(Id, lead, null, [], Book(All))).ThenRefused(new Missing($"{Land}"));
        When(RegisterLeadFeature.Decide(Id, lead with { Fields = new Dictionary<Guid, string?> { [Land] = "出让" } }, null, [], Book(All))).Then(Lead, new ProjectFieldFilled(Id, Land, "用地方式", null, "出让"));
        When(RegisterLeadFeature.Decide(Id, lead, null, [], Book([.. All, new ProjectFieldRetired(FieldBook.Only, Land, "用地方式")]))).Then(Lead);
    }

    [Fact]
    public void A_file_has_a_column_of_each_field_that_takes_values_under_its_name()
    {
        var columns = ExportProjectsFeature.With(Book([.. All, new ProjectFieldRetired(FieldBook.Only, Note, "备注")])).Where(column => column.Name.StartsWith("field.", StringComparison.Ordinal)).ToList();
        Export.Table(columns, [Project((Power, "1200.5"), (Visit, "2026-03-31"), (Land, "出让"), (Key, "yes")), Project()], CultureInfo.GetCultureInfo("zh-CN")).ShouldBe(
        [
            ["用电负荷（千瓦）", "首次来访", "用地方式", "重点项目"], [1200.5, new DateOnly(2026, 3, 31), "出让", "是"], [null, null, null, null],
        ]);
    }

    // Whatever is entered, in whatever order: each event says what the one before it left, what is kept is read back as itself, and filling it in again changes nothing.
    [Fact]
    public void What_is_kept_is_always_in_its_one_form()
    {
        string[] words = ["", " ", "-0.0", "007", "2026-03-31", "yes", "no", "出让", "租赁", "备注"];
        var text = Gen.OneOf(Gen.Decimal[-1_000_000m, 1_000_000m].Select(number => decimal.Round(number, 5).ToString(CultureInfo.InvariantCulture)), Gen.Int[0, words.Length - 1].Select(word => words[word]));
        Gen.Select(Gen.Int[0, All.Length - 1].Select(field => All[field].FieldId), text).Array[0, 20].Sample(entries =>
        {
            var (book, project) = (Book(All), Project());
            foreach (var (field, value) in entries)
            {
                var decision = Fill(book, project, (field, value));
                if (decision.Refusals.Count > 0) continue;
                foreach (var filled in decision.Events.Cast<ProjectFieldFilled>())
                {
                    filled.From.ShouldBe(project.Fields.GetValueOrDefault(field));
                    project = After(project, filled);
                }
                if (!project.Fields.TryGetValue(field, out var kept)) continue;
                Fill(book, project, (field, kept)).Events.ShouldBeEmpty();
                Fill(book, Project(), (field, kept)).Events.ShouldHaveSingleItem().ShouldBe(new ProjectFieldFilled(Id, field, book.Find(field)!.Name, null, kept));
            }
        });
    }

    private static Project Project(params (Guid Field, string Value)[] values) =>
        values.Aggregate(ProjectHistory.Evolve(null, Lead, new Told(new DateOnly(2023, 9, 28)))!, (project, value) => After(project, new ProjectFieldFilled(Id, value.Field, "", null, value.Value)));

    private static Project After(Project project, object fact) => ProjectHistory.Evolve(project, fact, new Told(new DateOnly(2023, 9, 28)))!;

    private static Decision Fill(Project project, params (Guid Field, string? Value)[] values) => Fill(Book(All), project, values);

    private static Decision Fill(FieldBook book, Project project, params (Guid Field, string? Value)[] values) =>
        FillFieldsFeature.Decide(project, new FillFields(values.ToDictionary(each => each.Field, each => each.Value)), book);

    private static Outcome Refuse(Guid field, string? value) => When(Fill(Project(), (field, value)));
}
