using JasperFx.Events.Projections;
using Luodi.Projects;
using Luodi.Projects.Leads;
using Luodi.Projects.Lists;
using Luodi.Projects.Sharing;
using Luodi.Projects.Stages;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Relay;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("projects", store => store.Projections.Add<ProjectProjection>(ProjectionLifecycle.Inline));
builder.Hears<SigningNews>();
builder.Services.AddScoped<ProjectReader>();

await builder.RunService(api =>
{
    var projects = api.MapGroup("").WithTags("Projects");
    projects.MapListProjects();
    projects.MapExportProjects();
    projects.MapSearchProjects();
    projects.MapReadProject();
    projects.MapRegisterLead();
    projects.MapStartNegotiation();
    projects.MapShareProject();
    projects.MapUnshareProject();
    projects.MapHistory<ProjectReader>();
});
