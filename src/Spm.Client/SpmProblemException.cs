namespace Spm.Client;

/// <summary>
/// The platform refused. <see cref="Exception.Message"/> is one readable line; the rule that refused is <see cref="Code"/>
/// (stable, documented under /errors/{code}), the faulty fields are in <see cref="Errors"/>.
/// </summary>
public sealed class SpmProblemException(SpmProblem problem) : Exception(Describe(problem))
{
    /// <summary>The problem+json body as received.</summary>
    public SpmProblem Problem { get; } = problem;

    /// <summary>The rule that refused, such as <c>period_already_closed</c>.</summary>
    public string Code => Problem.Code;

    /// <summary>HTTP status.</summary>
    public int Status => Problem.Status;

    /// <summary>Faulty fields; empty when the refusal is not about one.</summary>
    public IReadOnlyList<FieldError> Errors => Problem.Errors ?? [];

    private static string Describe(SpmProblem problem) =>
        problem.Detail is { Length: > 0 } detail ? $"{problem.Title} ({problem.Code}): {detail}" : $"{problem.Title} ({problem.Code})";
}

/// <summary>RFC 9457 problem details with the platform's extensions.</summary>
public sealed record SpmProblem
{
    /// <summary>Relative URI of the rule's page, <c>/errors/{code}</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The rule in words.</summary>
    public string Title { get; init; } = "";

    /// <summary>HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>This occurrence in words.</summary>
    public string? Detail { get; init; }

    /// <summary>The rule's stable name.</summary>
    public string Code { get; init; } = "";

    /// <summary>Faulty fields.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>Quote it when asking for help: the server's log lines carry the same id.</summary>
    public string? RequestId { get; init; }
}

/// <summary>
/// One faulty field. A request names it by a JSON pointer (<c>/splits/0/percent</c>), an import row by the field's name.
/// </summary>
public sealed record FieldError(string? Pointer, string? Field, string Code, string? Detail)
{
    /// <summary>Whichever of the two names the platform gave.</summary>
    public string Where => Field ?? Pointer ?? "";
}
