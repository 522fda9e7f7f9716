using Spm.Compensation.Lookups;

namespace Spm.Compensation.Expressions;

/// <summary>The names that expressions over a context may use, each with its kind. A name that has no value at the moment reads as null.</summary>
public sealed class Scope<TContext>
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    internal sealed record Entry(ExpressionKind Kind, string Description, Delegate Read);

    /// <summary>Every name, its kind, and what it means.</summary>
    public IEnumerable<(string Name, ExpressionKind Kind, string Description)> Names => _entries.Select(e => (e.Key, e.Value.Kind, e.Value.Description));

    public Scope<TContext> Number(string name, Func<TContext, decimal?> read, string description) => Add(name, ExpressionKind.Number, read, description);

    public Scope<TContext> Money(string name, Func<TContext, decimal?> read, string description) => Add(name, ExpressionKind.Money, read, description);

    public Scope<TContext> Text(string name, Func<TContext, string?> read, string description) => Add(name, ExpressionKind.Text, read, description);

    public Scope<TContext> Date(string name, Func<TContext, DateOnly?> read, string description) => Add(name, ExpressionKind.Date, read, description);

    public Scope<TContext> Truth(string name, Func<TContext, bool?> read, string description) => Add(name, ExpressionKind.Truth, read, description);

    /// <summary>Tables that <c>lookup</c> may ask, by id.</summary>
    public IReadOnlyDictionary<string, LookupTable> Tables { get; init; } = new Dictionary<string, LookupTable>();

    internal LookupTable? FindTable(string id) => Tables.GetValueOrDefault(id);

    internal Entry? Find(string name) => _entries.GetValueOrDefault(name);

    private Scope<TContext> Add(string name, ExpressionKind kind, Delegate read, string description)
    {
        if (!Lexer.IsName(name))
        {
            throw new ArgumentException($"'{name}' cannot be written in an expression.", nameof(name));
        }
        _entries.Add(name, new Entry(kind, description, read));
        return this;
    }
}
