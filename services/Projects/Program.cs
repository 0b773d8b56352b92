using JasperFx.Events.Projections;
using Luodi.Projects;
using Luodi.Projects.Capital;
using Luodi.Projects.Definitions;
using Luodi.Projects.Details;
using Luodi.Projects.FollowUps;
using Luodi.Projects.Leads;
using Luodi.Projects.Limits;
using Luodi.Projects.Lists;
using Luodi.Projects.Milestones;
using Luodi.Projects.Owners;
using Luodi.Projects.Sharing;
using Luodi.Projects.Standings;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Relay;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("projects", store =>
{
    store.Projections.Add<ProjectProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<TimeLimitsProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<CapitalProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<DefinitionsProjection>(ProjectionLifecycle.Inline);
});
builder.Migrates(Project.StagesOfOlder);
builder.Hears<SigningNews>();
builder.Services.AddScoped<ProjectReader>();
builder.Services.AddScoped<CapitalReader>();

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
    projects.MapAssignOwner();
    projects.MapLogFollowUp();
    projects.MapTimeLimits();
    projects.MapShareProject();
    projects.MapUnshareProject();
    projects.MapHistory<ProjectReader>();

    var capital = api.MapGroup("capital").WithTags("Capital");
    capital.MapListCapital();
    capital.MapLogCapital();
    capital.MapConfirmCapital();
    capital.MapRevokeCapital();
    capital.MapHistory<CapitalReader>();

    var definitions = api.MapGroup("definitions").WithTags("Definitions");
    definitions.MapDefineRate();
    definitions.MapTargets();
});
