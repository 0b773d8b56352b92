using JasperFx.Events.Projections;
using Luodi.Projects;
using Luodi.Projects.Leads;
using Luodi.Projects.Stages;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Relay;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("projects", store => store.Projections.Add<ProjectProjection>(ProjectionLifecycle.Inline));
builder.Hears<SigningNews>();

await builder.RunService(api =>
{
    var projects = api.MapGroup("").WithTags("Projects");
    projects.MapReadProjects();
    projects.MapRegisterLead();
    projects.MapStartNegotiation();
    projects.MapHistory();
});
