using Spm.Platform.Kernel;

namespace Spm.Platform.PayoutBatches;

/// <summary>Reads what payroll says it did.</summary>
internal static class Acknowledgements
{
    /// <summary>A line without a result is refused: nothing is taken for paid that was not said to be.</summary>
    public static Result<List<Acknowledgement>> Read(AcknowledgeInput input)
    {
        List<FieldError> missing = [];
        List<Acknowledgement> said = [];
        void Demand(string field, string? text, int max, bool required)
        {
            if (required && string.IsNullOrWhiteSpace(text))
            {
                missing.Add(Required(field));
            }
            else if (text?.Length > max)
            {
                missing.Add(new FieldError(field, ErrorCodes.FieldTooLong, $"The field '{field}' has {text.Length} characters; {max} are allowed."));
            }
        }
        Demand("claim", input.Claim, Limits.IdLength, required: true);
        if (input.Lines is not { Count: > 0 })
        {
            missing.Add(Required("lines"));
        }
        for (var i = 0; i < input.Lines?.Count; i++)
        {
            var line = input.Lines[i];
            Demand($"lines/{i}/line", line?.Line, Limits.IdLength, required: true);
            Demand($"lines/{i}/reference", line?.Reference, Limits.IdLength, required: false);
            Demand($"lines/{i}/reason", line?.Reason, Limits.NameLength, required: false);
            if (line?.Result is { } outcome)
            {
                said.Add(new Acknowledgement(line.Line ?? "", outcome, line.Reference, line.Reason));
            }
            else
            {
                missing.Add(Required($"lines/{i}/result"));
            }
        }
        return missing.Count > 0 ? Error.Of(missing) : said;
    }

    private static FieldError Required(string field) => new(field, ErrorCodes.FieldRequired, $"The field '{field}' is required.");
}
