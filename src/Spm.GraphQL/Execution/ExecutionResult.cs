using System.Buffers;
using System.Text;
using Spm.GraphQL.Json;

namespace Spm.GraphQL.Execution;

/// <summary>A response: JSON that is ready to be sent. Dispose of it once it was.</summary>
public sealed class ExecutionResult : IDisposable
{
    private readonly JsonBuffer _body;

    private ExecutionResult(JsonBuffer body, bool hasData, ImmutableArray<GraphQLError> errors)
    {
        _body = body;
        HasData = hasData;
        Errors = errors;
    }

    /// <summary>Whether the operation was executed: there is an entry <c>data</c>, which may be null.</summary>
    public bool HasData { get; }

    public ImmutableArray<GraphQLError> Errors { get; }

    /// <summary>The response as JSON, until it is disposed of.</summary>
    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    /// <summary>A response without data: the request was refused.</summary>
    public static ExecutionResult Refused(params IReadOnlyCollection<GraphQLError> errors)
    {
        var body = new JsonBuffer();
        body.Raw("{\"errors\":"u8);
        JsonErrors.Write(body, errors);
        body.Byte((byte)'}');
        return new ExecutionResult(body, false, [.. errors]);
    }

    public void WriteTo(IBufferWriter<byte> output) => output.Write(_body.Written);

    public void Dispose() => _body.Dispose();

    public override string ToString() => Encoding.UTF8.GetString(_body.Written);

    /// <summary>A response whose body is complete.</summary>
    internal static ExecutionResult Of(JsonBuffer body, ImmutableArray<GraphQLError> errors) => new(body, true, errors);
}
