using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>
/// Values that travel with a call: from the caller to the grain and on to the grains it calls. A callee's changes do not come back.
/// </summary>
public static class RequestContext
{
    // Nothing else of the caller's ambient state reaches a grain, just as nothing else would cross a network.
    internal static readonly AsyncLocal<ImmutableDictionary<string, object>?> Values = new();

    /// <summary>The value of that key, or null.</summary>
    public static object? Get(string key) => Values.Value?.GetValueOrDefault(key);

    /// <summary>Sets a value for this flow of control and the calls it makes.</summary>
    public static void Set(string key, object value) =>
        Values.Value = (Values.Value ?? ImmutableDictionary<string, object>.Empty).SetItem(key, value);

    /// <summary>Removes a value; says whether there was one.</summary>
    public static bool Remove(string key)
    {
        if (Values.Value is not { } values || !values.ContainsKey(key)) return false;
        Values.Value = values.Count == 1 ? null : values.Remove(key);
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear()
    {
        if (Values.Value is not null) Values.Value = null;
    }

    /// <summary>The keys set.</summary>
    public static IEnumerable<string> Keys => Values.Value?.Keys ?? [];

    /// <summary>The keys set, with their values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? ImmutableDictionary<string, object>.Empty;
}
