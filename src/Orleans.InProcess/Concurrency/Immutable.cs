namespace Orleans.Concurrency;

/// <summary>Promises that a value will not be changed. In this host every argument is passed by reference and so needs that promise.</summary>
[GenerateSerializer, Immutable]
public readonly struct Immutable<T>(T value)
{
    /// <summary>The value.</summary>
    [Id(0)]
    public readonly T Value = value;
}

/// <summary>Wraps values in <see cref="Immutable{T}"/>.</summary>
public static class ImmutableExtensions
{
    /// <summary>The value, promised not to change.</summary>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
