namespace Spm.Platform.Kernel;

/// <summary>
/// An expected refusal. The code names the rule and is one of <see cref="ErrorCodes"/>; the detail is for people.
/// The same error leaves by every door: as problem+json, as a rejected import row, as a GraphQL user error.
/// </summary>
public sealed record Error(string Code, string Detail, IReadOnlyList<FieldError> Fields)
{
    public Error(string code, string detail)
        : this(code, detail, [])
    {
    }

    /// <summary>A disk has no room: what was to be written is not there.</summary>
    public static Error StorageFull { get; } = new(ErrorCodes.StorageFull, "Try again once whoever runs the installation has made room.");

    /// <summary>A grain has not answered in time. It may have done what it was asked.</summary>
    public static Error AnswerLate { get; } = new(ErrorCodes.AnswerLate, "The platform has too much to do. What was sent may have been done: send it again under the same key or version, and it is done once.");

    public string Detail { get; init; } = Shortened.Detail(Detail);

    /// <summary>One field breaks one rule.</summary>
    public static Error Of(string field, string code, string detail) => new(code, detail, [new FieldError(field, code, detail)]);

    /// <summary>All broken rules at once; the first one gives the code. Throws on an empty list.</summary>
    public static Error Of(IReadOnlyList<FieldError> fields) => new(fields[0].Code, fields[0].Detail, fields);
}

/// <summary><paramref name="Field"/> is a path in the body without a leading slash, "splits/0/rep" for example.</summary>
public sealed record FieldError(string Field, string Code, string Detail)
{
    public string Field { get; init; } = Shortened.Field(Field);

    // Declared like the others, so that all three are written in this order.
    public string Code { get; init; } = Code;

    public string Detail { get; init; } = Shortened.Detail(Detail);
}

/// <summary>A value or an expected refusal.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    public Error? Error { get; }

    public bool IsOk => Error is null;

    /// <summary>Throws when there is an error: look at <see cref="IsOk"/> first.</summary>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"{Error.Code}: {Error.Detail}");

    /// <summary>For types that cannot convert by themselves, such as interfaces.</summary>
    public static Result<T> Of(T value) => new(value, null);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);

    public Result<TNext> Then<TNext>(Func<T, TNext> next) => Error is null ? next(_value!) : Error;
}
