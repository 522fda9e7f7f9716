using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;

namespace Spm.Connectors.Conformance.Checks;

/// <summary>Secrets that the vendor replaces: whatever happens in between, the connection does not lose its way in.</summary>
internal static class RotationChecks
{
    public static Check[] All { get; } =
    [
        ForRotating("A_rotating_secret_is_never_used_or_told_again_once_another_took_its_place", UsesTheNewOneAsync),
        ForRotating("A_host_that_ends_before_a_rotated_secret_is_stored_has_used_nothing_that_came_with_it", SurvivesKillsAsync),
        ForRotating("A_rotating_secret_that_is_refused_ends_as_refused_credentials", RefusesAsync),
    ];

    private static async Task<string?> UsesTheNewOneAsync(Subject subject)
    {
        await using var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
        var server = Server(bench);
        List<(string Secret, int Requests)> spent = [];
        bench.Rotating.Spent = secret => spent.Add((secret, server.Requests.Count));
        for (var i = 0; i < 3; i++)
        {
            // Each as after a start of the host: nothing is remembered but what is stored.
            await (await bench.OpenAsync().ConfigureAwait(false)).CheckAsync(CancellationToken.None).ConfigureAwait(false);
        }
        Check.That(spent.Count > 0, "The manifest says that a secret rotates, and none was replaced.");
        foreach (var (secret, requests) in spent)
        {
            Check.That(!server.Requests.Skip(requests).Any(r => r.Mentions(secret)), "A secret was sent after another had taken its place.");
            Check.That(!bench.Log.Lines.Any(l => l.Contains(secret, StringComparison.Ordinal)), "A secret that rotates stands in a line of the log.");
        }
        return $"{spent.Count} secrets replaced";
    }

    private static async Task<string?> SurvivesKillsAsync(Subject subject)
    {
        await using var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
        var server = Server(bench);
        var (requests, exchangedLast) = (-1, false);
        bench.Rotating.Before = used =>
        {
            (requests, exchangedLast) = (server.Requests.Count, server.Requests.LastOrDefault()?.Mentions(used) == true);
            throw new KilledException();
        };
        if (await ErrorAsync(bench).ConfigureAwait(false) is null)
        {
            throw new ConformanceException("The connector went on although the secret that took the place of its own could not be stored.");
        }
        Check.That(requests >= 0, "The manifest says that a secret rotates, and none was replaced.");
        Check.That(server.Requests.Count == requests && exchangedLast, "What came with a secret was used before the secret was stored.");
        bench.Rotating.Before = null;
        var error = await ErrorAsync(bench).ConfigureAwait(false);
        // A vendor that voids the old one at once leaves nothing but to ask a person.
        Check.That(error is null or { Kind: ErrorKind.Auth }, $"After a kill the connection ends with {error}.");
        return error is null ? "went on with the old one" : "a person is asked";
    }

    private static async Task<string?> RefusesAsync(Subject subject)
    {
        await using var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
        Server(bench);
        foreach (var name in subject.Manifest.ConfigSchema.Rotating)
        {
            bench.Rotating.Put(name, "a-secret-that-was-used-up");
        }
        var error = await ErrorAsync(bench).ConfigureAwait(false);
        Check.That(error is { Kind: ErrorKind.Auth }, $"A secret that is refused ends with {error?.Kind.ToString() ?? "success"}; it is {ErrorKind.Auth}. {error}");
        return null;
    }

    private static Task<ConnectorException?> ErrorAsync(Bench bench) => bench.ErrorOfAsync(c => c.CheckAsync(CancellationToken.None));

    private static Check ForRotating(string name, Func<Subject, Task<string?>> run) => new(name, m => m.ConfigSchema.Rotating.Count > 0, run);

    private static StubServer Server(Bench bench) => bench.Vendor.Server ?? throw new NotApplicableException("The connector calls nobody.");

    /// <summary>The power goes.</summary>
    private sealed class KilledException : Exception;
}
