namespace Spm.GraphQL.Execution.Running;

/// <summary>Ends a run: the response would have more bytes than one may have.</summary>
internal sealed class ResponseTooLong : Exception;
