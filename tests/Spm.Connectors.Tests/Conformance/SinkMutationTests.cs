using System.Text.Json;
using Spm.Connectors.Conformance;
using Spm.Connectors.Tests.Adp;
using Spm.Connectors.Tests.Gusto;

namespace Spm.Connectors.Tests.Conformance;

/// <summary>Ways for a sink to get it wrong that pay somebody twice or nobody at all.</summary>
public enum SinkMutation
{
    WritesInAPreview,
    HasAnotherNameForEachWrite,
    SaysThatNothingIsThere,
    SaysThatAllIsThere,
    TakesALostAnswerForTaken,
}

/// <summary>The connectors to payroll, each spoilt in one place.</summary>
public sealed class SinkMutationTests
{
    private const string Preview = "A_preview_changes_nothing";
    private const string Twice = "A_batch_written_twice_pays_once_and_its_totals_agree";
    private const string Lost = "A_write_whose_answer_is_lost_is_unknown_until_asked_and_pays_once";

    [Theory]
    [InlineData("gusto", SinkMutation.WritesInAPreview, Preview)]
    [InlineData("gusto", SinkMutation.HasAnotherNameForEachWrite, Twice)]
    [InlineData("gusto", SinkMutation.SaysThatNothingIsThere, Lost)]
    [InlineData("gusto", SinkMutation.SaysThatAllIsThere, Lost)]
    [InlineData("gusto", SinkMutation.TakesALostAnswerForTaken, Lost)]
    [InlineData("adp", SinkMutation.WritesInAPreview, Preview)]
    [InlineData("adp", SinkMutation.SaysThatNothingIsThere, Lost)]
    [InlineData("adp", SinkMutation.SaysThatAllIsThere, Lost)]
    [InlineData("adp", SinkMutation.TakesALostAnswerForTaken, Lost)]
    public async Task A_mutation_of_a_connector_to_payroll_is_noticed(string connector, SinkMutation mutation, string check)
    {
        var result = await ConformanceKit.RunAsync(new Spoilt(connector == "gusto" ? new GustoSubject() : new AdpSubject(), mutation), check);
        Assert.True(result.Status == CheckStatus.Failed, $"{mutation} was not noticed: {result.Detail}");
    }

    private sealed class Spoilt(Subject whole, SinkMutation mutation) : Subject
    {
        public override ConnectorManifest Manifest => whole.Manifest;

        public override JsonElement Configuration => whole.Configuration;

        public override IConnector Create() => new Connector(whole.Create(), mutation);

        public override Task<IVendor> StartVendorAsync() => whole.StartVendorAsync();
    }

    private sealed class Connector(IConnector whole, SinkMutation mutation) : IConnector
    {
        public async ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken) =>
            new Connection(await whole.OpenAsync(context, cancellationToken), mutation);
    }

    private sealed class Connection(IConnection whole, SinkMutation mutation) : IConnection, ISink
    {
        private readonly ISink _sink = (ISink)whole;
        private int _writes;

        public Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken) => whole.CheckAsync(cancellationToken);

        public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) => whole.DiscoverAsync(cancellationToken);

        public Task<WriteOutcome> PreviewAsync(WriteBatch batch, CancellationToken cancellationToken) =>
            mutation == SinkMutation.WritesInAPreview ? _sink.WriteAsync(batch, cancellationToken) : _sink.PreviewAsync(batch, cancellationToken);

        public async Task<WriteOutcome> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
        {
            _writes++;
            try
            {
                var outcome = await _sink.WriteAsync(mutation == SinkMutation.HasAnotherNameForEachWrite ? new WriteBatch($"{batch.Id}-{_writes}", batch.Lines) : batch, cancellationToken);
                return mutation == SinkMutation.TakesALostAnswerForTaken ? All(batch, LineState.Accepted) : outcome;
            }
            catch (Exception) when (mutation == SinkMutation.TakesALostAnswerForTaken)
            {
                return All(batch, LineState.Accepted);
            }
        }

        public Task<WriteOutcome> GetStatusAsync(WriteBatch batch, CancellationToken cancellationToken) => mutation switch
        {
            SinkMutation.SaysThatNothingIsThere => Task.FromResult(All(batch, LineState.Absent)),
            SinkMutation.SaysThatAllIsThere => Task.FromResult(All(batch, LineState.Accepted)),
            _ => _sink.GetStatusAsync(batch, cancellationToken),
        };

        public ValueTask DisposeAsync() => whole.DisposeAsync();

        private static WriteOutcome All(WriteBatch batch, LineState state) => new([.. batch.Lines.Select(l => new LineOutcome(l.Id, state))], batch.Total);
    }
}
