using JasperFx.Events;
using Luodi.Ledger;
using Luodi.Reporting.Ceremonies;
using Luodi.Reporting.Definitions;
using Luodi.Reporting.Journal;
using Luodi.Reporting.Ledger;
using Luodi.Reporting.Records;
using Marten;

namespace Luodi.Reporting;

/// <summary>What Reporting keeps: the journal, what the ledger remembers of records, and the ledger's own tables.</summary>
public static class ReportingStore
{
    public static void Shape(StoreOptions store)
    {
        store.Events.StreamIdentity = StreamIdentity.AsString;
        store.Events.MapEventType<Journaled>(Journaled.Name);
        store.Events.EnableUniqueIndexOnEventId = true;
        Ledger(store, LedgerTables.Schema);
        store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Rebuild());
    }

    /// <summary>All that is made of the journal: a ledger made anew has the same, in a schema of its own.</summary>
    internal static void Ledger(StoreOptions store, string schema)
    {
        store.Schema.For<AgreementAccount>().Index(account => account.Chain).Index(account => account.ProjectId);
        store.Schema.For<ProjectAccount>().Duplicate(account => account.MergedInto!);
        store.Schema.For<CapitalAccount>().Index(account => account.ProjectId);
        store.Schema.For<EnterpriseAccount>();
        store.Schema.For<FundAccount>();
        store.Schema.For<FundEntryAccount>().Index(account => account.FundId).Index(account => account.ProjectId);
        store.Schema.For<RateBook>();
        store.Schema.For<CeremonySheet>();
        store.Schema.For<KnownRecord>().Duplicate(record => record.ProjectId!);
        store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Posting(schema));
        store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Head(schema));
        store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Series(schema));
        store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Sum(schema));
        store.Storage.ExtendedSchemaObjects.Add(LedgerTables.Sealed(schema));
    }
}
