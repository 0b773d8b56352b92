using Luodi.Portal.Gateway;
using Luodi.Portal.Layout;
using Luodi.Portal.Services;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;

// Started from anywhere, the portal finds its own files.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
// Outside Development the styles and scripts of packages are only found beside a published portal; this finds them beside a built one too.
builder.WebHost.UseStaticWebAssets();
builder.AddHosting();
builder.Services.AddServiceClient<ReportingClient>("reporting");
builder.Services.AddServiceClient<SigningsClient>("signings");
builder.Services.AddServiceClient<ProjectsClient>("projects");
builder.AddGateway();
builder.AddPages();

var app = builder.Build();
app.UseContentSecurity();
app.MapHealth();
app.MapGateway();
app.MapApiReference();
app.MapPreferences();
app.MapPages();
await app.RunAsync();
