using System.Runtime.InteropServices;
using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Platform.Transactions;

namespace Spm.Platform.Imports;

/// <summary>Reads transactions from import rows, JSON or CSV.</summary>
internal sealed class TransactionRows
{
    public static readonly IReadOnlyList<string> Fields =
    [
        "source", "external_id", "version", "kind", "date", "amount", "currency", "quantity", "margin", "rep", "account", "territory", "product", "splits", "house", "deleted", "deal", "facts",
    ];

    private static readonly string[] Required = ["external_id", "kind", "date", "amount", "currency"];

    private readonly int[] _columns;

    public TransactionRows(string[] header) => _columns = [.. Fields.Select(f => Array.IndexOf(header, f))];

    /// <summary>Null when a CSV file with this header can be read.</summary>
    public static Error? CheckHeader(string[] header)
    {
        var unknown = header.Where(h => !Fields.Contains(h)).ToArray();
        var missing = Required.Where(r => !header.Contains(r)).ToArray();
        var twice = header.GroupBy(h => h).Where(g => g.Count() > 1).Select(g => g.Key).ToArray();
        return ImportHeader.Check(unknown, missing, twice);
    }

    public Result<TransactionInput> Read(in ImportLine line)
    {
        if (line.Broken is not null)
        {
            return line.Broken;
        }
        if (line.Cells is { } cells)
        {
            return FromCells(cells);
        }
        try
        {
            return JsonSerializer.Deserialize<TransactionInput>(line.Json.Span, Json.Options) is not { } input ? RowErrors.Malformed("A JSON object is expected.")
                // Whoever reads the other fields refuses it there, each by its own rule.
                : input.Facts is { } facts && UnicodeTexts.HasNul(JsonMarshal.GetRawUtf8Value(facts)) ? Error.Of("facts", ErrorCodes.NulCharacter, "A fact has a NUL character, which no store keeps.")
                : input;
        }
        catch (JsonException failure)
        {
            return RowErrors.Of<TransactionInput>(failure);
        }
    }

    private Result<TransactionInput> FromCells(string[] cells)
    {
        var (splits, facts) = (Splits(Cell(cells, 13)), Facts(Cell(cells, 17)));
        return (splits.Error ?? facts.Error) is { } refused ? refused : new TransactionInput
        {
            Source = Cell(cells, 0),
            ExternalId = Cell(cells, 1),
            Version = Cell(cells, 2),
            Kind = Cell(cells, 3),
            Date = Cell(cells, 4),
            Amount = Cell(cells, 5),
            Currency = Cell(cells, 6),
            Quantity = Cell(cells, 7),
            Margin = Cell(cells, 8),
            Rep = Cell(cells, 9),
            Account = Cell(cells, 10),
            Territory = Cell(cells, 11),
            Product = Cell(cells, 12),
            Splits = splits.Value,
            House = Cell(cells, 14),
            Deleted = Cell(cells, 15),
            Deal = Cell(cells, 16),
            Facts = facts.Value,
        };
    }

    private string? Cell(string[] cells, int field) => _columns[field] >= 0 && cells[_columns[field]] is { Length: > 0 } text ? text : null;

    /// <summary>A JSON object in a cell.</summary>
    private static Result<JsonElement?> Facts(string? text)
    {
        try
        {
            return text is not null && UnicodeTexts.HasNul(System.Text.Encoding.UTF8.GetBytes(text))
                ? Error.Of("facts", ErrorCodes.FactInvalid, "A fact has a NUL character, which no store keeps.")
                : Result<JsonElement?>.Of(text is null ? null : JsonElement.Parse(text));
        }
        catch (JsonException)
        {
            return Error.Of("facts", ErrorCodes.FactInvalid, "Facts are written as a JSON object.");
        }
    }

    /// <summary>"E1:60;E2:40"</summary>
    private static Result<IReadOnlyList<SplitInput>> Splits(string? text)
    {
        if (text is null)
        {
            return Result<IReadOnlyList<SplitInput>>.Of([]);
        }
        var parts = text.Split(';');
        var splits = new SplitInput[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var colon = parts[i].LastIndexOf(':');
            if (colon < 0)
            {
                return Error.Of("splits", ErrorCodes.FieldMalformed, "Splits are written rep:percent;rep:percent.");
            }
            splits[i] = new SplitInput { Rep = parts[i][..colon].Trim(), Percent = parts[i][(colon + 1)..].Trim() };
        }
        return Result<IReadOnlyList<SplitInput>>.Of(splits);
    }
}

internal static class ImportHeader
{
    public static Error? Check(string[] unknown, string[] missing, string[] twice) =>
        unknown is [var one] && missing.Length > 0 && OtherDelimiters.FirstOrDefault(one.Contains) is var other and not '\0'
            ? new Error(ErrorCodes.HeaderInvalid, $"The header is one column, {Names(unknown)}. If fields end at '{(other == '\t' ? "tab" : other)}', say so with `delimiter`.")
        : unknown.Length > 0 ? new Error(ErrorCodes.HeaderInvalid, $"The header names columns that are not known: {Names(unknown)}.{(missing.Length > 0 ? $" It lacks {Names(missing)}." : "")}")
        : missing.Length > 0 ? new Error(ErrorCodes.HeaderInvalid, $"The header lacks {Names(missing)}.")
        : twice.Length > 0 ? new Error(ErrorCodes.HeaderInvalid, $"The header has twice: {Names(twice)}.")
        : null;

    private static readonly char[] OtherDelimiters = [';', '\t', '|', ','];

    private static string Names(string[] names) => string.Join(", ", names.Take(10).Select(n => $"'{(n.Length <= 60 ? n : n[..60] + "…")}'"));
}
