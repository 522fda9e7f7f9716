namespace Spm.GraphQL.Authoring;

/// <summary>Functions that are made when they are called for the first time: most of a large schema's are never called.</summary>
internal static class Later
{
    public static Func<T, TResult> Of<T, TResult>(Func<Func<T, TResult>> make)
    {
        Func<T, TResult>? made = null;
        return argument => (made ??= make())(argument);
    }
}
