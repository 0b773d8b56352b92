using JasperFx.Events.Projections;
using Luodi.Funds;
using Luodi.Funds.Facilities;
using Luodi.Funds.Lists;
using Luodi.Funds.Reinvestment;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Relay;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("funds", store =>
{
    store.Projections.Add<FundProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<FacilityProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<ReinvestmentProjection>(ProjectionLifecycle.Inline);
});
builder.Services.AddScoped<FundReader>();
builder.Services.AddScoped<FacilityReader>();
builder.Services.AddScoped<ReinvestmentReader>();

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

    var facilities = api.MapGroup("facilities").WithTags("Facilities");
    facilities.MapListFacilities();
    facilities.MapOpenFacility();
    facilities.MapLogFacilityEntry();
    facilities.MapConfirmFacilityEntry();
    facilities.MapHistory<FacilityReader>();

    var reinvestment = api.MapGroup("reinvestment").WithTags("Reinvestment");
    reinvestment.MapListReinvestment();
    reinvestment.MapSetReinvestmentRule();
    reinvestment.MapLogReinvestment();
    reinvestment.MapRecogniseReinvestment();
    reinvestment.MapHistory<ReinvestmentReader>();
});
