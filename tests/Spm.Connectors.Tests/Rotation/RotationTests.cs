using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Secrets;

namespace Spm.Connectors.Tests.Rotation;

public sealed class RotationTests
{
    private const string Used = "A_rotating_secret_is_never_used_or_told_again_once_another_took_its_place";
    private const string Killed = "A_host_that_ends_before_a_rotated_secret_is_stored_has_used_nothing_that_came_with_it";
    private const string Refused = "A_rotating_secret_that_is_refused_ends_as_refused_credentials";

    private readonly MemorySecrets _stored = new(new Dictionary<string, string> { ["refresh_token"] = "one" });
    private readonly SemaphoreSlim _turn = new(1, 1);

    [Theory]
    [InlineData(Used)]
    [InlineData(Killed)]
    [InlineData(Refused)]
    public async Task A_connector_that_exchanges_its_secret_correctly_passes(string check)
    {
        var result = await ConformanceKit.RunAsync(new RotatingSubject(), check);
        Assert.True(result.Status == CheckStatus.Passed, result.Detail);
    }

    [Theory]
    [InlineData(RotationMutation.KeepsTheOldOne, Used)]
    [InlineData(RotationMutation.RemembersTheFirstOne, Used)]
    [InlineData(RotationMutation.LogsTheNewOne, Used)]
    [InlineData(RotationMutation.UsesTheSessionBeforeItIsStored, Killed)]
    [InlineData(RotationMutation.SwallowsWhatCouldNotBeStored, Killed)]
    [InlineData(RotationMutation.CallsARefusalTransient, Refused)]
    public async Task A_mutation_of_it_is_noticed(RotationMutation mutation, string check)
    {
        var result = await ConformanceKit.RunAsync(new RotatingSubject(mutation), check);
        Assert.True(result.Status == CheckStatus.Failed, $"{mutation} was not noticed: {result.Detail}");
    }

    [Fact]
    public async Task Exchanges_of_one_connection_wait_for_each_other_and_each_is_lent_what_the_one_before_has_stored()
    {
        List<string> lent = [];
        var begun = new TaskCompletionSource();
        var first = Rotation().ExchangeAsync("refresh_token", async secret =>
        {
            lent.Add(secret);
            await begun.Task;
            return "two";
        }, default);
        var second = Rotation().ExchangeAsync("refresh_token", secret =>
        {
            lent.Add(secret);
            return Task.FromResult("three");
        }, default);
        begun.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(["one", "two"], lent);
        Assert.Equal("three", await _stored.ReadAsync("refresh_token"));
    }

    [Fact]
    public async Task A_secret_that_a_person_puts_meanwhile_stays_and_is_tried_where_the_one_before_is_refused()
    {
        await Rotation().ExchangeAsync("refresh_token", _ =>
        {
            _stored.Put("refresh_token", "by hand");
            return Task.FromResult("two");
        }, default);
        Assert.Equal("by hand", await _stored.ReadAsync("refresh_token"));

        List<string> lent = [];
        await Rotation().ExchangeAsync("refresh_token", secret =>
        {
            lent.Add(secret);
            if (secret == "by hand")
            {
                _stored.Put("refresh_token", "by hand again");
                throw new ConnectorException(ErrorKind.Auth, "refused");
            }
            return Task.FromResult("three");
        }, default);
        Assert.Equal(["by hand", "by hand again"], lent);
        Assert.Equal("three", await _stored.ReadAsync("refresh_token"));
    }

    [Fact]
    public async Task A_refusal_is_thrown_and_nothing_is_replaced_and_the_turn_is_given_back()
    {
        await Assert.ThrowsAsync<ConnectorException>(() => Rotation().ExchangeAsync("refresh_token", _ => throw new ConnectorException(ErrorKind.Auth, "refused"), default));
        await Assert.ThrowsAsync<ConnectorException>(() => Rotation().ExchangeAsync("unknown", Task.FromResult, default));
        Assert.Equal((1, "one"), (_turn.CurrentCount, await _stored.ReadAsync("refresh_token")));
    }

    [Fact]
    public void A_connector_that_asks_for_a_rotating_secret_by_name_is_refused()
    {
        var secrets = new NamedSecrets(new Dictionary<string, string> { ["refresh_token"] = "one" }, ["refresh_token"]);
        Assert.True(secrets.Has("refresh_token"));
        Assert.Equal(ErrorKind.Internal, Assert.Throws<ConnectorException>(() => secrets.Get("refresh_token")).Kind);
    }

    private SecretRotation Rotation() => new(_stored, _turn, _ => { });
}
