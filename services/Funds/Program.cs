using JasperFx.Events.Projections;
using Luodi.Funds;
using Luodi.Funds.Lists;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Relay;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("funds", store => store.Projections.Add<FundProjection>(ProjectionLifecycle.Inline));
builder.Services.AddScoped<FundReader>();

await builder.RunService(api =>
{
    var funds = api.MapGroup("").WithTags("Funds");
    funds.MapListFunds();
    funds.MapExportFunds();
    funds.MapSearchFunds();
    funds.MapReadFund();
    funds.MapEstablishFund();
    funds.MapRecordCommitment();
    funds.MapHistory<FundReader>();
});
