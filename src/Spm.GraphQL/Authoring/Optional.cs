namespace Spm.GraphQL.Authoring;

/// <summary>An argument or input field that may be absent, which is not null.</summary>
public readonly record struct Optional<T>
{
    public Optional(T? value)
    {
        Value = value;
        HasValue = true;
    }

    /// <summary>Whether it was given, be it as null.</summary>
    public bool HasValue { get; }

    public T? Value { get; }
}
