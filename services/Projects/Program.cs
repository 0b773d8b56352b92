using JasperFx.Events.Projections;
using Luodi.Contracts.Projects;
using Luodi.Projects;
using Luodi.Projects.Capital;
using Luodi.Projects.Contacts;
using Luodi.Projects.CustomFields;
using Luodi.Projects.Definitions;
using Luodi.Projects.Details;
using Luodi.Projects.Duplicates;
using Luodi.Projects.Enterprises;
using Luodi.Projects.FollowUps;
using Luodi.Projects.Leads;
using Luodi.Projects.Limits;
using Luodi.Projects.Lists;
using Luodi.Projects.Milestones;
using Luodi.Projects.Owners;
using Luodi.Projects.Sharing;
using Luodi.Projects.Standings;
using Luodi.Projects.Undo;
using Luodi.Projects.Work;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Recall;
using Luodi.ServiceDefaults.Relay;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("projects", store =>
{
    store.Projections.Add<ProjectProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<TimeLimitsProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<FieldBookProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<CapitalProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<DefinitionsProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<EnterpriseProjection>(ProjectionLifecycle.Inline);
    store.Schema.For<Contact>().Duplicate(contact => contact.ProjectId);
    store.Schema.For<Project>().Index(project => project.Owner!).Index(project => project.Stage).IgnoreIndex(Alike.NameIndex).IgnoreIndex(ProjectFilter.Words.Name).IgnoreIndex(ForgetContactFeature.WaitsIndex);
});
builder.Migrates(Project.StagesOfOlder);
builder.Migrates(Alike.Indexes);
builder.Migrates(Contact.NoSamples);
builder.Migrates(ForgetContactFeature.Index);
builder.Migrates(ProjectFilter.OwnWords);
builder.Migrates(ProjectFilter.Words.Statement);
builder.Migrates(ProjectFilter.Statistics.Statement);
builder.Remembers<Project>(new ProjectProjection().Evolve);
builder.Remembers<TimeLimits>(new TimeLimitsProjection().Evolve, idOf: fact => fact is TimeLimitSet ? TimeLimits.Only : null);
builder.Remembers<FieldBook>(new FieldBookProjection().Evolve, idOf: fact => fact is ProjectFieldDefined or ProjectFieldChanged or ProjectFieldRetired or ProjectFieldTakenUp ? FieldBook.Only : null);
builder.Remembers<BureauDefinitions>(new DefinitionsProjection().Evolve);
builder.Remembers<CapitalEntry>(new CapitalProjection().Evolve, CapitalEntry.Effective);
builder.Remembers<Enterprise>(new EnterpriseProjection().Evolve);
builder.Hears<SigningNews>();
builder.Services.AddScoped<ProjectReader>();
builder.Services.AddScoped<Alike>();
builder.Services.AddScoped<FieldBookReader>();
builder.Services.AddScoped<CapitalReader>();
builder.Services.AddScoped<EnterpriseReader>();

await builder.RunService(api =>
{
    var projects = api.MapGroup("").WithTags("Projects");
    projects.MapListProjects();
    projects.MapExportProjects();
    projects.MapSearchProjects();
    projects.MapReadProject();
    projects.MapRegisterLead();
    projects.MapReachStage();
    projects.MapWithdrawStage();
    projects.MapSuspendProject();
    projects.MapResumeProject();
    projects.MapDropProject();
    projects.MapReinstateProject();
    projects.MapDescribeProject();
    projects.MapFillFields();
    projects.MapAssignOwner();
    projects.MapLogFollowUp();
    projects.MapListContacts();
    projects.MapAddContact();
    projects.MapChangeContact();
    projects.MapRemoveContact();
    projects.MapForgetContact();
    projects.MapTimeLimits();
    projects.MapFindAlike();
    projects.MapMergeProject();
    projects.MapUnmergeProject();
    projects.MapShareProject();
    projects.MapUnshareProject();
    projects.MapUndoProjectChange();
    projects.MapHistory<ProjectReader>();

    var fields = api.MapGroup("fields").WithTags("Fields");
    fields.MapDefineField();
    fields.MapRetireField();
    fields.MapHistory<FieldBookReader>();

    var capital = api.MapGroup("capital").WithTags("Capital");
    capital.MapListCapital();
    capital.MapExportCapital();
    capital.MapLogCapital();
    capital.MapConfirmCapital();
    capital.MapRevokeCapital();
    capital.MapHistory<CapitalReader>();

    var enterprises = api.MapGroup("enterprises").WithTags("Enterprises");
    enterprises.MapListEnterprises();
    enterprises.MapExportEnterprises();
    enterprises.MapRegisterEnterprise();
    enterprises.MapChangeEnterprise();
    enterprises.MapLinkProject();
    enterprises.MapCarriers();
    enterprises.MapDesignations();
    enterprises.MapListings();
    enterprises.MapHistory<EnterpriseReader>();

    var definitions = api.MapGroup("definitions").WithTags("Definitions");
    definitions.MapDefineRate();
    definitions.MapTargets();

    api.MapWorkList();
});
