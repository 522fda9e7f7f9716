using System.Globalization;
using System.Runtime.CompilerServices;

namespace Spm.Connectors.BambooHr;

/// <summary>
/// A company at BambooHR. It says who has changed since an instant, and when; employees are then read one by one in the order of their changes, so
/// that a read goes on after the last one.
/// </summary>
internal sealed class BambooHrConnection(IBambooHrApi api, ConnectorContext context) : IConnection, ISource
{
    private const string Jobs = "jobInfo";

    /// <summary>So far may BambooHR's clock be ahead of ours.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>Employees between two checkpoints.</summary>
    private const int EmployeesACheckpoint = 50;

    public async Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken)
    {
        await api.Changed(Instant(context.Clock.GetUtcNow()), cancellationToken);
        return new CheckedAccount(context.BaseAddress.Host, context.BaseAddress.Host);
    }

    public async Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken)
    {
        // What is asked for of a person, with the types that the account gives it.
        var types = (await api.Fields(cancellationToken)).DistinctBy(f => f.Alias ?? f.Id.ToString()).ToDictionary(f => f.Alias ?? f.Id.ToString(), StringComparer.Ordinal);
        return
        [
            new DiscoveredStream("people", [.. Mapping.Fields.Split(',').Select(f => new DiscoveredField(f, types.GetValueOrDefault(f)?.Type ?? "text", types.GetValueOrDefault(f)?.Name))]),
            new DiscoveredStream("jobs", [.. ((string[])["date", "jobTitle", "department", "division", "location"]).Select(f => new DiscoveredField(f, f == "date" ? "date" : "list"))]),
        ];
    }

    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = request.From?.Read<Position>() ?? Position.Start;
        var (at, last, read) = (from.Begin(), from, 0);
        var latest = context.Clock.GetUtcNow() + Ahead;
        var messages = request.Stream switch
        {
            "people" => PeopleAsync(at, cancellationToken),
            "jobs" => JobsAsync(at, cancellationToken),
            _ => throw new ConnectorException(ErrorKind.Config, $"BambooHR has no stream '{request.Stream}'."),
        };
        await foreach (var (position, of) in messages)
        {
            foreach (var message in of)
            {
                yield return message;
            }
            // Looking back reads again what was read: the place to go on from does not move back with it. Nor does it go where nothing has happened yet.
            last = position.Since <= latest && (last.IsBefore(position.Since, position.Id) || !from.Done) ? position : last;
            if (++read % EmployeesACheckpoint == 0)
            {
                yield return Checkpoint.Of(last);
            }
        }
        yield return Checkpoint.Of(last with { Done = true });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async IAsyncEnumerable<(Position At, IReadOnlyList<SourceMessage> Of)> PeopleAsync(Position from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = Changes.Of((await api.Changed(Instant(from.Since), cancellationToken)).Employees, from);
        if (changes.Unreadable.Count > 0)
        {
            yield return (from, changes.Unreadable);
        }
        foreach (var change in changes.InOrder)
        {
            yield return (new Position(change.At, change.Id), [await PersonAsync(change, cancellationToken)]);
        }
    }

    private async Task<SourceMessage> PersonAsync(Change change, CancellationToken cancellationToken)
    {
        if (change.Text("action") == "Deleted")
        {
            return SourceRecord.Gone(change.Id, change.At);
        }
        try
        {
            return Mapping.Person(change.Id, change.At, await api.Employee(change.Id, Mapping.Fields, cancellationToken));
        }
        catch (ConnectorException e) when (e.Kind == ErrorKind.Config)
        {
            // Nobody else has to wait for somebody who is gone since, or whom the key may not see.
            return change.Invalid("", "not_shown", "BambooHR says that this employee has changed, and does not show them.");
        }
    }

    private async IAsyncEnumerable<(Position At, IReadOnlyList<SourceMessage> Of)> JobsAsync(Position from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = Changes.Of((await api.Table(Jobs, Instant(from.Since), cancellationToken)).Employees, from);
        if (changes.Unreadable.Count > 0)
        {
            yield return (from, changes.Unreadable);
        }
        foreach (var change in changes.InOrder)
        {
            yield return (new Position(change.At, change.Id), change.Rows() is { } rows
                ? [.. rows.Select(r => Mapping.Job(change.Id, change.At, r))]
                : [change.Invalid("/rows", "not_a_list", "The rows of this employee are no list of rows.")]);
        }
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
