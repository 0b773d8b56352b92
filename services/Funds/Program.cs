using JasperFx.Events.Projections;
using Luodi.Funds;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Relay;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("funds", store => store.Projections.Add<FundProjection>(ProjectionLifecycle.Inline));

await builder.RunService(api =>
{
    var funds = api.MapGroup("").WithTags("Funds");
    funds.MapReadFunds();
    funds.MapEstablishFund();
    funds.MapRecordCommitment();
    funds.MapHistory();
});
