using System.Globalization;
using System.Text.Json.Nodes;
using Spm.Connectors.Conformance.Stubs;

namespace Spm.Connectors.Tests.HubSpot;

/// <summary>Objects of one type, found by their last change or, within one moment, by id.</summary>
internal sealed class ObjectTable
{
    private readonly Dictionary<string, (long Time, JsonObject Object)> _byId = [];
    private readonly SortedSet<(long Time, long Id)> _byTime = [];

    public List<JsonObject> Archived { get; } = [];

    public IReadOnlyCollection<string> Ids => _byId.Keys;

    public void Put(string id, long time, Dictionary<string, string> properties)
    {
        var of = new JsonObject();
        if (_byId.Remove(id, out var old))
        {
            _byTime.Remove((old.Time, long.Parse(id)));
            of = old.Object["properties"]!.DeepClone().AsObject();
        }
        foreach (var (name, value) in properties)
        {
            of[name] = value;
        }
        var at = Iso(time);
        of["hs_lastmodifieddate"] = at;
        of["hs_object_id"] = id;
        _byId[id] = (time, new JsonObject { ["id"] = id, ["properties"] = of, ["updatedAt"] = at, ["archived"] = false });
        _byTime.Add((time, long.Parse(id)));
    }

    public string Archive(string id, long time)
    {
        _byId.Remove(id, out var old);
        _byTime.Remove((old.Time, long.Parse(id)));
        Archived.Add(new JsonObject { ["id"] = id, ["properties"] = new JsonObject(), ["archived"] = true, ["archivedAt"] = Iso(time) });
        return id;
    }

    /// <summary>An object with the properties that are asked for, and no others.</summary>
    private static JsonObject Asked(JsonObject found, JsonArray names)
    {
        var asked = found.DeepClone().AsObject();
        asked["properties"] = new JsonObject(found["properties"]!.AsObject().Where(p => names.Any(n => n!.GetValue<string>() == p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        return asked;
    }

    /// <summary>Knows the filters the connector uses, and refuses others; a page beyond the ceiling is refused as HubSpot does.</summary>
    public Response Search(JsonObject request)
    {
        var filters = request["filterGroups"]![0]!["filters"]!.AsArray().ToDictionary(
            f => $"{f!["propertyName"]} {f["operator"]}", f => long.Parse(f!["value"]!.GetValue<string>(), CultureInfo.InvariantCulture));
        var (limit, from) = (request["limit"]!.GetValue<int>(), int.Parse(request["after"]?.GetValue<string>() ?? "0"));
        if (limit > 200 || from + limit > HubSpotVendor.Ceiling)
        {
            return Response.Json("""{"status":"error","category":"VALIDATION_ERROR","message":"paging beyond 10000 results"}""", 400);
        }
        var (low, high) = filters.TryGetValue("hs_lastmodifieddate GTE", out var since)
            ? ((since, long.MinValue), (long.MaxValue, long.MaxValue))
            : ((filters["hs_lastmodifieddate EQ"], filters["hs_object_id GT"] + 1), (filters["hs_lastmodifieddate EQ"], long.MaxValue));
        var found = _byTime.GetViewBetween(low, high);
        var page = HubSpotVendor.Results(found.Skip(from).Take(limit).Select(k => Asked(_byId[k.Id.ToString(CultureInfo.InvariantCulture)].Object, request["properties"]!.AsArray())));
        page["total"] = found.Count;
        if (from + limit < found.Count)
        {
            page["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = $"{from + limit}" } };
        }
        return Response.Json(page.ToJsonString());
    }

    private static string Iso(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("O", CultureInfo.InvariantCulture);
}
