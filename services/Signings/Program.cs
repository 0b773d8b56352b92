using JasperFx.Events.Projections;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Recall;
using Luodi.ServiceDefaults.Relay;
using Luodi.Signings.AgreementConditions;
using Luodi.Signings.Agreements;
using Luodi.Signings.Attachments;
using Luodi.Signings.Ceremonies;
using Luodi.Signings.Funding;
using Luodi.Signings.KnownProjects;
using Luodi.Signings.Lists;
using Luodi.Signings.Obligations;
using Luodi.Signings.Work;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("signings", store =>
{
    store.Projections.Add<CeremonyProjection>(ProjectionLifecycle.Inline);
    store.Projections.Add<AgreementProjection>(ProjectionLifecycle.Live);
    store.Projections.Add<AgreementViewProjection>(ProjectionLifecycle.Inline);
    store.Schema.For<AgreementView>().Duplicate(view => view.CeremonyId).Index(view => view.Number).Index(view => view.Chain!).Index(view => view.ProjectId)
        .Index(view => view.Status).Index(view => view.Waiting!).Index(view => view.SignedOn!).IgnoreIndex(AgreementFilter.Words.Name);
    store.Projections.Add<ObligationProjection>(ProjectionLifecycle.Inline);
    store.Schema.For<Obligation>().Index(obligation => obligation.ProjectId).Index(obligation => obligation.AgreementId);
    store.Schema.For<KnownProject>();
    store.Schema.For<KnownFund>();
    store.Storage.ExtendedSchemaObjects.Add(AttachmentsFeature.Table());
    store.Schema.For<KnownCapital>().Index(entry => entry.ProjectId);
});
builder.Migrates(AgreementView.LoggedByOfOlder);
builder.Migrates(AgreementView.TierOfOlder);
builder.Migrates(Ceremony.HeldOfOlder);
builder.Migrates(KnownProject.HeardAgainWhereOlder);
builder.Migrates(AgreementView.ProjectNameOfOlder);
builder.Migrates(AgreementFilter.PartyWords);
builder.Migrates(AgreementFilter.Words.Statement);
builder.Migrates(AgreementFilter.Statistics.Statement);
builder.Remembers<AgreementView>(new AgreementViewProjection().Evolve, AgreementView.Effective, columns: "ceremony_id uuid generated always as ((data->>'ceremonyId')::uuid) stored");
builder.Remembers<Ceremony>(new CeremonyProjection().Evolve);
builder.Remembers<Obligation>(new ObligationProjection().Evolve);
builder.Hears<News>();
builder.Services.AddSingleton<ProjectNews>();
builder.Services.AddSingleton<FundNews>();
builder.Services.AddScoped<ProjectDirectory>();
builder.Services.AddScoped<FundDirectory>();
builder.Services.AddScoped<AgreementReader>();
builder.Services.AddScoped<CeremonyReader>();
builder.Services.AddScoped<ObligationReader>();
builder.Services.AddHostedService<DueWatch>();

await builder.RunService(api =>
{
    var ceremonies = api.MapGroup("ceremonies").WithTags("Ceremonies");
    ceremonies.MapListCeremonies();
    ceremonies.MapReadCeremony();
    ceremonies.MapScheduleCeremony();
    ceremonies.MapHoldCeremony();
    ceremonies.MapRecordClaim();
    ceremonies.MapSetAgenda();
    ceremonies.MapCloseCeremony();
    ceremonies.MapReopenCeremony();
    ceremonies.MapHistory<CeremonyReader>();

    var agreements = api.MapGroup("agreements").WithTags("Agreements");
    agreements.MapListAgreements();
    agreements.MapExportAgreements();
    agreements.MapUsualAmount();
    agreements.MapReadAgreement();
    agreements.MapDraftAgreement();
    agreements.MapCorrectDraft();
    agreements.MapUndoAgreementChange();
    agreements.MapSignAgreement();
    agreements.MapConfirmAgreement();
    agreements.MapReturnAgreement();
    agreements.MapAmendAgreement();
    agreements.MapTerminateAgreement();
    agreements.MapAskFund();
    agreements.MapFulfilAgreement();
    agreements.MapAttachFile();
    agreements.MapAttachments();
    agreements.MapNoteCondition();
    agreements.MapSettleCondition();
    agreements.MapHistory<AgreementReader>();

    var obligations = api.MapGroup("obligations").WithTags("Obligations");
    obligations.MapListObligations();
    obligations.MapExportObligations();
    obligations.MapAgreeObligation();
    obligations.MapExtendObligation();
    obligations.MapFulfilObligation();
    obligations.MapHistory<ObligationReader>();

    api.MapWorkList();
    api.MapSearch();
});
