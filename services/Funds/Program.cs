using JasperFx.Events.Projections;
using Luodi.Funds;
using Luodi.Funds.Closing;
using Luodi.Funds.Confirming;
using Luodi.Funds.Deals;
using Luodi.Funds.Facilities;
using Luodi.Funds.Figures;
using Luodi.Funds.Flows;
using Luodi.Funds.Lists;
using Luodi.Funds.Participation;
using Luodi.Funds.Partners;
using Luodi.Funds.Reinvestment;
using Luodi.Funds.Sizes;
using Luodi.Funds.Terms;
using Luodi.Funds.Work;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Identity;
using Luodi.ServiceDefaults.Recall;
using Luodi.ServiceDefaults.Relay;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("funds", store =>
{
    store.Projections.Add<FundProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<FlowProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<SubscriptionProjection>(ProjectionLifecycle.Inline);
    store.Schema.For<AskedOfFund>();
    store.Schema.For<Flow>().Index(flow => flow.FundId);
    store.Schema.For<Subscription>().Index(subscription => subscription.FundId);
    store.Projections.Add<FacilityProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<ReinvestmentProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<FamilyProjection>(ProjectionLifecycle.Inline);
});
builder.Migrates(Fund.DealsOfOlder);
builder.Remembers<Fund>(new FundProjection().Evolve, Fund.Effective);
builder.Remembers<Flow>(new FlowProjection().Evolve, idOf: FlowProjection.IdOf);
builder.Remembers<Subscription>(new SubscriptionProjection().Evolve, idOf: SubscriptionProjection.IdOf);
builder.Remembers<FundFamily>(new FamilyProjection().Evolve);
builder.Remembers<Facility>(new FacilityProjection().Evolve, Facility.Effective);
builder.Remembers<ReinvestmentBook>(new ReinvestmentProjection().Evolve, ReinvestmentBook.Effective);
builder.Hears<SigningNews>();
builder.Services.AddScoped<FundReader>();
builder.Services.AddScoped<FundBooks>();
builder.Services.AddSingleton<BooksRead>();
builder.Services.AddServiceClient(ProjectNames.Service);
builder.Services.AddScoped<ProjectNames>();
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
    funds.MapSetTerms();
    funds.MapClaimSize();
    funds.MapCloseRaising();
    funds.MapClosePeriod();
    funds.MapWindUp();
    funds.MapHistory<FundReader>();

    var partners = api.MapGroup("").WithTags("Partners");
    partners.MapListPartners();
    partners.MapAdmitPartner();
    partners.MapSubscribe();
    partners.MapTransferSubscription();
    partners.MapReverseTransfer();
    partners.MapListSubscriptions();

    var deals = api.MapGroup("").WithTags("Deals");
    deals.MapListDeals();
    deals.MapListDealsOfProject();
    deals.MapApproveDeal();
    deals.MapCancelDeal();
    deals.MapReverseDeal();
    deals.MapRecordCommitment();

    var flows = api.MapGroup("").WithTags("Flows");
    flows.MapListFlows();
    flows.MapLogFlow();
    flows.MapCallCapital();
    flows.MapReverseFlow();
    flows.MapConfirmEntries();

    var figures = api.MapGroup("").WithTags("Figures");
    figures.MapReadSheet();
    figures.MapReadFigures();
    figures.MapReadCurve();
    figures.MapReadBridge();
    figures.MapReadAccounts();
    figures.MapReadFamily();
    figures.MapClaimFamilySize();

    api.MapWorkList();

    var facilities = api.MapGroup("facilities").WithTags("Facilities");
    facilities.MapListFacilities();
    facilities.MapOpenFacility();
    facilities.MapChangeFacilityLimit();
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
