using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Spm.Platform.AuditTrail;
using Spm.Platform.Companies;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Provisioning;
using Spm.Storage;

namespace Spm.Platform.PersonalData;

/// <summary>What one person is taken out of, inside one write. Each part says how much it was.</summary>
internal sealed class Erasure(SqlSession session, int tenant, Entry<RepDoc> rep, Pseudonym pseudonym, long now)
{
    private const string Gone = """{"erased":true}""";

    private readonly IReadOnlyList<string> _words = Words(session, tenant, rep.Id);

    public int Revisions()
    {
        var revisions = session.Query("select seq, body from record where tenant = $1 and kind = 'rep' and id = $2", r => (Seq: r.GetInt64(0), Body: r.GetString(1)), tenant, rep.Id);
        revisions.ForEach(r => session.Send("update record set body = $2 where seq = $1", r.Seq, pseudonym.InRevision(r.Body)));
        return revisions.Count;
    }

    /// <summary>Keys that are the rep's open nothing any more.</summary>
    public List<string> Keys()
    {
        var keys = session.Query("select id from api_key where tenant = $1 and rep = $2", r => r.GetString(0), tenant, rep.Id);
        session.Execute(
            "update api_key set name = $3, revoked_at = coalesce(revoked_at, $4), previous_hash = null where tenant = $1 and rep = $2", tenant, rep.Id, pseudonym.Name, now);
        return keys;
    }

    /// <summary>Users who are the rep are gone, and with them what they may do.</summary>
    public int Users()
    {
        var users = session.Query("select id from scim_user where tenant = $1 and rep = $2", r => r.GetString(0), tenant, rep.Id);
        users.ForEach(user => ScimTable.DeleteUser(session, tenant, user));
        return users.Count;
    }

    /// <summary>Entries about the rep, about keys and users of the rep, users that are gone too, and about rows of imports that were corrected and name the rep.</summary>
    public IReadOnlyList<ErasedEntry> AuditEntries()
    {
        List<ErasedEntry> erased = [];
        var users = session.Query("select id from scim_user where tenant = $1 and rep = $2", r => r.GetString(0), tenant, rep.Id);
        foreach (var entry in Entries("subject = $2", rep.Id).Where(e => e.Action.StartsWith("rep.", StringComparison.Ordinal) && e.Action != AuditErasures.Action))
        {
            erased.Add(AuditErasures.Replace(session, tenant, entry, pseudonym.InState(entry.Before), pseudonym.InState(entry.After)));
        }
        foreach (var entry in Entries("subject in (select id from api_key where tenant = $1 and rep = $2)", rep.Id))
        {
            erased.Add(AuditErasures.Replace(session, tenant, entry, Renamed(entry.Before), Renamed(entry.After)));
        }
        foreach (var entry in Entries("action like $2", "user.%").Where(e => users.Contains(e.Subject) || Names(e.Before) || Names(e.After)))
        {
            erased.Add(AuditErasures.Replace(session, tenant, entry, entry.Before is null ? null : Gone, entry.After is null ? null : Gone));
        }
        foreach (var entry in Entries("action = $2", "import_row.correct").Where(e => Names(e.Before) || Names(e.After)))
        {
            erased.Add(AuditErasures.Replace(session, tenant, entry, Gone, Gone));
        }
        return erased;
    }

    /// <summary>Rows of reps that were rejected and are kept as they were sent: they cannot be tried again.</summary>
    public int ImportRows()
    {
        var rows = session.Query(
            "select r.import, r.row, r.raw, r.errors from import_row r join import i on i.no = r.import where i.tenant = $1 and i.entity = 'reps' and (r.raw is not null or r.errors is not null)",
            r => (Import: r.GetInt64(0), Row: r.GetInt64(1), Text: $"{(r.IsDBNull(2) ? "" : r.GetString(2))} {(r.IsDBNull(3) ? "" : r.GetString(3))}"), tenant);
        var named = rows.FindAll(r => Names(r.Text));
        named.ForEach(r => session.Send("update import_row set raw = null, errors = null where import = $1 and row = $2", r.Import, r.Row));
        return named.Count;
    }

    /// <summary>Records of connections that were refused or could not be read, kept as they came.</summary>
    public int SourceRecords()
    {
        var records = session.Query(
            "select r.connection, r.stream, r.key, r.body, r.errors from connection_record r join connection c on c.no = r.connection where c.tenant = $1 and (r.body is not null or r.errors is not null)",
            r => (Connection: r.GetInt64(0), Stream: r.GetString(1), Key: r.GetString(2), Text: $"{(r.IsDBNull(3) ? "" : r.GetString(3))} {(r.IsDBNull(4) ? "" : r.GetString(4))}"), tenant);
        var named = records.FindAll(r => Names(r.Text));
        // What waits says why it is not tried again; what was taken has nothing to say.
        var notKept = JsonSerializer.Serialize(new[] { Rejection.NotKept }, Kernel.Json.Stored);
        named.ForEach(r => session.Send(
            "update connection_record set body = null, errors = case when state in (2, 3) then $4 end where connection = $1 and stream = $2 and key = $3", r.Connection, r.Stream, r.Key, notKept));
        return named.Count;
    }

    /// <summary>
    /// Records that connections have read and not taken: the pseudonym stands in the place of what they say of the person, and they are taken with
    /// everything else that they say. Their keys stay, and so does an external id that is a name.
    /// </summary>
    public int LandedRecords()
    {
        var named = 0;
        foreach (var (connection, no) in session.Query(
            "select l.connection, l.no from connection_landing l join connection c on c.no = l.connection where c.tenant = $1", r => (r.GetInt64(0), r.GetInt64(1)), tenant))
        {
            var part = JsonNode.Parse(session.First("select body from connection_landing where connection = $1 and no = $2", r => r.GetString(0), connection, no)!)!.AsObject();
            var found = ((string[])["records", "invalid"]).SelectMany(list => part[list]?.AsArray() ?? []).Count(record => IsMasked(record));
            if (found > 0)
            {
                session.Execute("update connection_landing set body = $3 where connection = $1 and no = $2", connection, no, part.ToJsonString());
            }
            named += found;
        }
        return named;
    }

    /// <summary>Full payloads of webhooks name reps beside their ids.</summary>
    public int Events()
    {
        var events = session.Query("select seq, data from event where tenant = $1", r => (Seq: r.GetInt64(0), Data: r.GetString(1)), tenant).FindAll(e => e.Data.Contains(rep.Id, StringComparison.Ordinal));
        events.ForEach(e => session.Send("update event set data = $2 where seq = $1", e.Seq, pseudonym.InView(e.Data)));
        return events.Count;
    }

    private List<AuditEntry> Entries(string condition, string value) => AuditTable.Where(session, tenant, condition, value);

    private bool Names(string? text) => text is not null && _words.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether something in it named the person; it does not any more.</summary>
    private bool IsMasked(JsonNode? node)
    {
        IEnumerable<(JsonNode? Value, Action<string> Set)> members = node switch
        {
            JsonObject view => [.. view.Where(m => m.Key != "key").Select(m => (m.Value, new Action<string>(text => view[m.Key] = text)))],
            JsonArray list => [.. list.Select((value, i) => (value, new Action<string>(text => list[i] = text)))],
            _ => [],
        };
        var found = false;
        foreach (var (value, set) in members)
        {
            if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String)
            {
                var masked = Masked(text.GetValue<string>(), out var named);
                if (named)
                {
                    set(masked);
                    found = true;
                }
            }
            else
            {
                found |= IsMasked(value);
            }
        }
        return found;
    }

    /// <summary>Whole words alone: a name may be a part of others, and a plan may ask for those.</summary>
    private string Masked(string text, out bool named)
    {
        var masked = _words.Where(w => w != rep.ExternalId).Aggregate(text, (t, word) => Regex.Replace(
            t, $@"(?<![\p{{L}}\p{{N}}]){Regex.Escape(word)}(?![\p{{L}}\p{{N}}])", pseudonym.Name, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
        named = masked != text;
        return masked;
    }

    /// <summary>The view of a key, under another name.</summary>
    private string? Renamed(string? state)
    {
        if (state is null)
        {
            return null;
        }
        var view = JsonNode.Parse(state)!.AsObject();
        view["name"] = pseudonym.Name;
        return view.ToJsonString();
    }

    /// <summary>Every name and address that the rep has ever had, as text and as it is written in JSON.</summary>
    private static List<string> Words(SqlSession session, int tenant, string id) =>
    [
        .. session.Query("select body from record where tenant = $1 and kind = 'rep' and id = $2", r => JsonSerializer.Deserialize<RepDoc>(r.GetString(0), Kernel.Json.Stored)!, tenant, id)
            .SelectMany(d => (string?[])[d.Name, d.Email]).OfType<string>().Where(w => w.Length > 0)
            .SelectMany(w => (string[])[w, JsonSerializer.Serialize(w)[1..^1]]).Distinct(StringComparer.Ordinal),
    ];
}
