using Luodi.Contracts.Wire;
using Luodi.Reporting;
using Luodi.Reporting.Journal;
using Luodi.Reporting.Ledger;
using Luodi.Reporting.Reports;
using Luodi.ServiceDefaults.Hosting;
using Luodi.ServiceDefaults.Intake;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Luodi.Benchmarks;

/// <summary>Reporting's own parts on the running service's database, as its administrator; nothing is relayed or heard by itself.</summary>
internal sealed class ReportingInProcess : IAsyncDisposable
{
    private readonly EventJournal _journal = new(TimeProvider.System);
    private readonly WebApplication _host;

    public ReportingInProcess(RunningLuodi luodi)
    {
        var store = new NpgsqlConnectionStringBuilder(luodi.Postgres) { Database = "luodi_reporting", CommandTimeout = 1800 }.ConnectionString;
        Database = NpgsqlDataSource.Create(store);
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Luodi:Bureau", "nanhu"), new("ConnectionStrings:Store", store), new("Auth:Issuer", "http://nobody.invalid/")]);
        builder.AddService("reporting", ReportingStore.Shape, events: ReportStore.Schema);
        builder.Services.AddSingleton(SegmentSize.Configured(builder.Configuration));
        _host = builder.Build();
    }

    public NpgsqlDataSource Database { get; }

    public IServiceProvider Services => _host.Services;

    public IDocumentStore Store => Services.GetRequiredService<IDocumentStore>();

    /// <summary>The service's own way of a page into journal and ledger.</summary>
    public async Task Hear(IReadOnlyList<CloudEvent> page)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await _journal.Hear(page, new HearingTransaction(Store, connection, transaction), default);
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Database.DisposeAsync();
    }
}
