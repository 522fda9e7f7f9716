using Spm.Connectors;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections.Runs;

/// <summary>What is noted of a record that a rule refuses: the rule, and the record as it came, to be tried again.</summary>
internal static class Rejection
{
    /// <summary>Of a record that cannot be kept: only the source can say it again.</summary>
    public static readonly FieldError NotKept = new("", ErrorCodes.RecordNotKept, ErrorCodes.All[ErrorCodes.RecordNotKept].Title);

    /// <param name="row">What is known of the record.</param>
    public static RecordRow Of(RecordRow row, SourceRecord record, Error error)
    {
        FieldError[] errors = error.Fields.Count > 0 ? [.. error.Fields] : [new FieldError("", error.Code, error.Detail)];
        var body = RecordBody.Of(record);
        return row with { State = RecordState.Rejected, Body = body, Errors = body is null ? [.. errors, NotKept] : errors };
    }
}
