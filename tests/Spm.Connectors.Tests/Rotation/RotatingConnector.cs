using System.Net.Http.Json;
using System.Text.Json;

namespace Spm.Connectors.Tests.Rotation;

/// <summary>Ways to get the exchange of a refresh token wrong that only a second run notices, or a crash.</summary>
public enum RotationMutation
{
    None,
    KeepsTheOldOne,
    UsesTheSessionBeforeItIsStored,
    SwallowsWhatCouldNotBeStored,
    LogsTheNewOne,
    CallsARefusalTransient,
    RemembersTheFirstOne,
}

/// <summary>A connector to an invented vendor whose refresh token is good for one use. Correct unless it is mutated.</summary>
internal sealed class RotatingConnector(RotationMutation mutation) : IConnector
{
    /// <summary>What a connector must not have: a memory of its own.</summary>
    private string? _first;

    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken) => ValueTask.FromResult<IConnection>(new Connection(context, this, mutation));

    private sealed class Connection(ConnectorContext context, RotatingConnector owner, RotationMutation mutation) : IConnection, ISink
    {
        public async Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken)
        {
            var session = "";
            try
            {
                await context.Rotating!.ExchangeAsync("refresh_token", async lent =>
                {
                    owner._first ??= lent;
                    var token = mutation == RotationMutation.RemembersTheFirstOne ? owner._first : lent;
                    using var answer = await context.Http.PostAsync("/token", JsonContent.Create(new { refresh_token = token }), CancellationToken.None);
                    if (await HttpFailure.OfAsync(answer, context.Clock) is ConnectorException failure)
                    {
                        throw mutation == RotationMutation.CallsARefusalTransient ? new ConnectorException(ErrorKind.Transient, failure.Message) : failure;
                    }
                    var given = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
                    session = given.GetProperty("access_token").GetString()!;
                    if (mutation == RotationMutation.UsesTheSessionBeforeItIsStored)
                    {
                        await MeAsync(session);
                    }
                    if (mutation == RotationMutation.LogsTheNewOne)
                    {
                        context.Log.Write(LogLevel.Info, $"The vendor gave {given}.");
                    }
                    return mutation == RotationMutation.KeepsTheOldOne ? lent : given.GetProperty("refresh_token").GetString()!;
                }, cancellationToken);
            }
            catch (Exception e) when (mutation == RotationMutation.SwallowsWhatCouldNotBeStored && e is not ConnectorException)
            {
                context.Log.Write(LogLevel.Warning, "It could not be stored.");
            }
            await MeAsync(session);
            return new CheckedAccount("me", "Me");
        }

        public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DiscoveredStream>>([]);

        public Task<WriteOutcome> PreviewAsync(WriteBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<WriteOutcome> WriteAsync(WriteBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<WriteOutcome> GetStatusAsync(WriteBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async Task MeAsync(string session)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/me") { Headers = { Authorization = new("Bearer", session) } };
            using var answer = await context.Http.SendAsync(request);
            if (await HttpFailure.OfAsync(answer, context.Clock) is { } failure)
            {
                throw failure;
            }
        }
    }
}
