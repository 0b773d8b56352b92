using JasperFx.Events.Projections;
using Luodi.Portal.Accounts;
using Luodi.Portal.Gateway;
using Luodi.Portal.Layout;
using Luodi.Portal.Proof;
using Luodi.Portal.Services;
using Luodi.Portal.SignIn;
using Luodi.ServiceDefaults.Decisions;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;

// Started from anywhere, the portal finds its own files.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
// Outside Development the styles and scripts of packages are only found beside a published portal; this finds them beside a built one too.
builder.WebHost.UseStaticWebAssets();
builder.AddService("portal", store =>
{
    store.Projections.Add<AccountProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<ApiClientProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<TermProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<FactorPolicyProjection>(ProjectionLifecycle.Inline);
    store.Schema.For<Account>().Index(account => account.Login);
    store.Schema.For<Revocation>();
    store.Schema.For<SecurityEntry>().Index(entry => entry.At);
});
builder.Remembers<Term>(new TermProjection().Evolve);
builder.AddSignIn();
builder.Services.AddCallersClient<ReportingClient>("reporting");
builder.Services.AddCallersClient<SigningsClient>("signings");
builder.Services.AddCallersClient<ProjectsClient>("projects");
builder.Services.AddCallersClient<FundsClient>("funds");
builder.Services.AddCallersClient<FundFiguresClient>("funds");
builder.Services.AddCallersClient<AuditClient>("audit");
builder.Services.AddCallersClient<PortalClient>("portal");
builder.Services.AddEvidence();
builder.AddLedgerWatch();
builder.AddGateway();
builder.AddPages();
builder.AddCommand("accounts", FirstAccounts.MakeAdministrators);
builder.AddCommand("demo", FirstAccounts.MakeDemo);
builder.AddCommand("rotate", (services, _) =>
{
    services.GetRequiredService<KeyFiles>().Rotate();
    return Task.CompletedTask;
});

var app = builder.Build();
if (!await app.Prepare(CancellationToken.None)) return;
if (SessionCookie.IsSecure(app.Configuration)) app.UseHsts();
app.UseContentSecurity();
app.UseWords();
app.UseReadableAddresses();
// Not at the beginning, where it would be by itself: the page that tells of an unknown address is routed once more, after UseWords.
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.UseIdempotency();
app.MapHealth();
app.MapService(api =>
{
    var accounts = api.MapGroup("accounts").WithTags("Accounts");
    accounts.MapReadAccounts();
    accounts.MapOpenAccount();
    accounts.MapAssignDepartment();
    accounts.MapGrantRole();
    accounts.MapDisableAccount();
    accounts.MapResetPassword();
    api.MapGroup("clients").WithTags("Programs").MapPrograms();
    api.MapGroup("terms").WithTags("Dictionary").MapTerms();
    var policy = api.MapGroup("").WithTags("Policy");
    policy.MapFactorPolicy();
    policy.MapReadSecurityLog();
}, feed: Policies.Administration);
app.MapGateway();
app.MapApiReference().AllowAnonymous();
app.MapPreferences();
SignInFeature.MapSignIn(app);
app.MapConnect();
app.MapEvidence();
app.MapPages();
await app.RunAsync();
