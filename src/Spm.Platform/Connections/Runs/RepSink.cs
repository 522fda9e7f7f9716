using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Connectors;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Makes reps of people and their employments. What a mapping says nothing of stays as people have set it: plans, targets, leave. A change of
/// manager begins on a day and leaves the days before alone. Whoever a source no longer has leaves; nobody is removed.
/// </summary>
internal sealed class RepSink(RunScope scope, CompanyCommands companies, RepSlice reps, SpmStore store, RecordClock clock)
{
    /// <summary>First days of the employments of a stream, by person and key.</summary>
    private readonly Dictionary<string, Dictionary<string, Dictionary<string, DateOnly>>> _employments = new(StringComparer.Ordinal);

    public async Task CommitAsync(Delivery delivery)
    {
        using var gate = await scope.Tenant.Gate.WriteAsync();
        await PutAsync(delivery);
    }

    /// <summary>Why records would be rejected, by key; nothing is written.</summary>
    public IReadOnlyDictionary<string, Error> Preview(Mapping.RecordMapper mapper, IReadOnlyList<SourceRecord> records)
    {
        var delivery = new Delivery(mapper, [.. records.DistinctBy(r => r.Key)], [], null, _ => { });
        return Put(new CompanyEditor(scope.Tenant.Company, clock.GetUtcNow().ToUnixTimeMilliseconds()), delivery).Rejected.ToDictionary(r => r.Key, r => Error.Of(r.Errors), StringComparer.Ordinal);
    }

    private async Task PutAsync(Delivery delivery)
    {
        Outcomes? outcomes = null;
        var changed = await companies.ChangeWithinGateAsync<bool>(
            scope.Tenant,
            editor =>
            {
                outcomes = Put(editor, delivery);
                return true;
            },
            job: scope.Author,
            also: session => outcomes!.Write(session));
        if (changed.IsOk)
        {
            return;
        }
        if (delivery.Records.Count > 1)
        {
            // Halves are tried until the record stands alone that would credit somebody with more than can be added up.
            var (first, second) = delivery.Halves();
            await PutAsync(first);
            await PutAsync(second);
            return;
        }
        var refused = new Outcomes(scope, delivery);
        Reject(refused, delivery, delivery.Records[0], changed.Error!);
        await store.Writer.WriteAsync(session => refused.Write(session));
    }

    private Outcomes Put(CompanyEditor editor, Delivery delivery)
    {
        var outcomes = new Outcomes(scope, delivery);
        List<SourceRecord> waiting = [.. Ordered(delivery.Records).Where(r => !IsOlder(delivery, r, outcomes))];
        for (var before = int.MaxValue; waiting.Count > 0 && waiting.Count < before;)
        {
            before = waiting.Count;
            // Who reports to somebody further down waits until they are there.
            waiting = [.. waiting.Where(record => !TryPut(editor, delivery, record, outcomes, last: false))];
        }
        waiting.ForEach(record => TryPut(editor, delivery, record, outcomes, last: true));
        return outcomes;
    }

    /// <returns>False for a record that names somebody who is not there yet.</returns>
    private bool TryPut(CompanyEditor editor, Delivery delivery, SourceRecord record, Outcomes outcomes, bool last)
    {
        if (!record.Deleted && !delivery.Mapper.Counts(record))
        {
            outcomes.Add(Row(delivery, record) with { State = RecordState.Ignored }, One.Ignored);
            return true;
        }
        var put = record.Entity is Employment || delivery.Mapper.Stream.Entity == "employment" ? Employ(editor, delivery.Mapper, record) : Hire(editor, delivery.Mapper, record);
        if (put.Error is { } error)
        {
            if (!last && error.Fields.Any(f => f.Code == ErrorCodes.RepUnknown))
            {
                return false;
            }
            Reject(outcomes, delivery, record, error);
            return true;
        }
        var row = Row(delivery, record) with { State = record.Deleted ? RecordState.Gone : RecordState.Accepted, Body = record.Entity is Employment ? RecordBody.Of(record) : null };
        outcomes.Add(row, put.Value switch { PutOutcome.Created => One.Created, PutOutcome.Corrected => One.Corrected, _ => One.Unchanged });
        return true;
    }

    private Result<PutOutcome> Hire(CompanyEditor editor, Mapping.RecordMapper mapper, SourceRecord record)
    {
        var known = editor.Reps.Find(scope.Connection.Source, record.Key);
        var day = Day(record);
        if (record.Deleted)
        {
            return known is null || known.Doc.LeftOn is not null ? PutOutcome.Unchanged : Put(editor, record.Key, Leaving(Body(known), day));
        }
        var (body, fields) = (Body(known), mapper.Fields(record));
        Set(body, mapper, record, fields);
        if (record.Entity is Person person && !fields.ContainsKey("left_on"))
        {
            // Who left says when, or leaves on the day that the source says so; who is back has not left.
            body["left_on"] = person.Active ? null : Wire(known?.Doc.LeftOn ?? day);
        }
        return Managed(editor, body, known, fields.GetValueOrDefault("manager"), known is null ? null : day, fields.ContainsKey("manager") || TellsOfNone(mapper))
            is { } error ? error : Put(editor, record.Key, body);
    }

    private Result<PutOutcome> Employ(CompanyEditor editor, Mapping.RecordMapper mapper, SourceRecord record)
    {
        if (record.Entity is not Employment employment)
        {
            return Error.Of("", ErrorCodes.EmploymentRemoved, "The source has taken an employment back: see whether title and managers of the rep are right.");
        }
        if (editor.Reps.Find(scope.Connection.Source, employment.Person) is not { } known)
        {
            return Error.Of("person", ErrorCodes.RepUnknown, $"There is no rep '{employment.Person}'.");
        }
        var (body, fields) = (Body(known), mapper.Fields(record));
        if (IsCurrent(mapper.Stream.Name, record.Key, employment))
        {
            Set(body, mapper, record, fields);
        }
        return Managed(editor, body, known, fields.GetValueOrDefault("manager"), employment.From, fields.ContainsKey("manager")) is { } error ? error : Put(editor, employment.Person, body);
    }

    /// <summary>Whether no later employment of the person has begun.</summary>
    private bool IsCurrent(string stream, string key, Employment employment)
    {
        if (!_employments.TryGetValue(stream, out var people))
        {
            people = store.Read(s => RecordTable.Of(s, scope.Connection.No, stream)).Where(r => r is { State: RecordState.Accepted, Body: not null })
                .Select(r => (r.Key, Of: (Employment)RecordBody.Read(r.Key, "employment", r.Body!).Entity!))
                .GroupBy(r => r.Of.Person, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.ToDictionary(r => r.Key, r => r.Of.From, StringComparer.Ordinal), StringComparer.Ordinal);
            _employments[stream] = people;
        }
        if (!people.TryGetValue(employment.Person, out var days))
        {
            people[employment.Person] = days = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        }
        days[key] = employment.From;
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return employment.From <= today && !days.Values.Any(from => from > employment.From && from <= today);
    }

    /// <summary>The manager from a day on; for all time where the rep is new.</summary>
    private Error? Managed(CompanyEditor editor, JsonObject body, Entry<RepDoc>? known, string? manager, DateOnly? from, bool tells)
    {
        if (!tells)
        {
            return null;
        }
        string? id = null;
        if (manager is not null)
        {
            var found = editor.Reps.Resolve(manager, scope.Connection.Source);
            if (!found.Found || found.Ambiguous)
            {
                return Error.Of("manager", ErrorCodes.RepUnknown, $"There is no rep '{manager}'.");
            }
            id = editor.Reps[found.No].Id;
        }
        var managers = from is { } day ? ManagerTimeline.Put(known?.Doc.Managers ?? [], id, day) : id is null ? [] : [new DatedRef(id, null, null)];
        body["managers"] = new JsonArray([.. managers.Select(m => new JsonObject { ["manager"] = m.Ref, ["from"] = Wire(m.From), ["to"] = Wire(m.To) })]);
        return null;
    }

    private static void Set(JsonObject body, Mapping.RecordMapper mapper, SourceRecord record, Dictionary<string, string> fields)
    {
        foreach (var (field, text) in fields.Where(f => f.Key is not ("manager" or "plan")))
        {
            body[field] = text;
        }
        if (fields.TryGetValue("plan", out var plan))
        {
            (body["plan"], body["plans"]) = (plan, null);
        }
        foreach (var (name, text) in mapper.FactsOf(record))
        {
            var facts = body["facts"] as JsonObject ?? [];
            facts.Remove(name);
            if (text is not null)
            {
                facts[name] = text;
            }
            body["facts"] = facts.Count == 0 ? null : facts.DeepClone();
        }
    }

    /// <summary>The rep as it stands, as a body that could be put.</summary>
    private JsonObject Body(Entry<RepDoc>? known) => known is null ? [] : reps.Body(known, scope.Tenant.Company);

    private static JsonObject Leaving(JsonObject body, DateOnly day)
    {
        body["left_on"] = Wire(day);
        return body;
    }

    private Result<PutOutcome> Put(CompanyEditor editor, string key, JsonObject body) =>
        reps.Put(editor, scope.Connection.Source, key, JsonSerializer.SerializeToElement(body));

    private bool IsOlder(Delivery delivery, SourceRecord record, Outcomes outcomes)
    {
        var known = store.Read(s => RecordTable.Find(s, scope.Connection.No, delivery.Mapper.Stream.Name, record.Key));
        if (known?.IsNewerThan(record) == true)
        {
            outcomes.Stands(record.Key);
            return true;
        }
        return false;
    }

    /// <summary>Of one person, earlier employments first: a later one decides what the person is now.</summary>
    private static IEnumerable<SourceRecord> Ordered(IReadOnlyList<SourceRecord> records) => records.OrderBy(r => (r.Entity as Employment)?.From ?? DateOnly.MinValue);

    private static void Reject(Outcomes outcomes, Delivery delivery, SourceRecord record, Error error) =>
        outcomes.Add(Rejection.Of(Row(delivery, record), record, error), One.Rejected);

    private static RecordRow Row(Delivery delivery, SourceRecord record) => new(delivery.Mapper.Stream.Name, record.Key, RecordState.Accepted)
    {
        ChangedAt = record.UpdatedAt?.ToUnixTimeMilliseconds(),
        ExternalId = record.Entity is Employment employment ? RecordBody.Storable(employment.Person) : record.Key,
    };

    /// <summary>Whether a person without a manager has none: not where employments say who it is.</summary>
    private bool TellsOfNone(Mapping.RecordMapper mapper) => Tells(mapper) && !scope.Mappers.Values.Any(m => m.Stream.Entity == "employment" && Tells(m));

    private static bool Tells(Mapping.RecordMapper mapper) => mapper.Sets("manager");

    private DateOnly Day(SourceRecord record) => DateOnly.FromDateTime((record.UpdatedAt ?? clock.GetUtcNow()).UtcDateTime);

    private static string? Wire(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
