using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Spm.Connectors.BambooHr;

/// <summary>
/// A company at BambooHR. It says who has changed since an instant, and when; employees are then read one by one in the order of their changes, so
/// that a read goes on after the last one.
/// </summary>
internal sealed class BambooHrConnection(IBambooHrApi api, ConnectorContext context) : IConnection, ISource
{
    private const string Jobs = "jobInfo";

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
            // Looking back reads again what was read: the place to go on from does not move back with it.
            last = last.IsBefore(position.Since, position.Id) || !from.Done ? position : last;
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
        var changed = await api.Changed(Instant(from.Since), cancellationToken);
        foreach (var employee in ById<ChangedEmployee>(changed.Employees).Select(e => e.Value with { Id = e.Key })
            .Where(e => from.IsBefore(e.LastChanged, e.Id)).OrderBy(e => e.LastChanged).ThenBy(e => e.Id, StringComparer.Ordinal))
        {
            var message = employee.Action == "Deleted"
                ? SourceRecord.Gone(employee.Id, employee.LastChanged)
                : Mapping.Person(employee.Id, employee.LastChanged, await api.Employee(employee.Id, Mapping.Fields, cancellationToken));
            yield return (new Position(employee.LastChanged, employee.Id), [message]);
        }
    }

    private async IAsyncEnumerable<(Position At, IReadOnlyList<SourceMessage> Of)> JobsAsync(Position from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changed = await api.Table(Jobs, Instant(from.Since), cancellationToken);
        foreach (var (id, rows) in ById<ChangedRows>(changed.Employees)
            .Where(e => from.IsBefore(e.Value.LastChanged, e.Key)).OrderBy(e => e.Value.LastChanged).ThenBy(e => e.Key, StringComparer.Ordinal))
        {
            yield return (new Position(rows.LastChanged, id), [.. rows.Rows.Select(r => Mapping.Job(id, rows.LastChanged, r))]);
        }
    }

    private static IReadOnlyDictionary<string, T> ById<T>(JsonElement employees) => employees.ValueKind == JsonValueKind.Array
        ? new Dictionary<string, T>()
        : employees.Deserialize<Dictionary<string, T>>(JsonSerializerOptions.Web)!;

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
