using Spm.Compensation.Amounts;
using Spm.Connectors;
using Spm.Platform.Companies;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Kernel;
using Spm.Platform.PayoutBatches;

namespace Spm.Platform.Connections.Sinks;

/// <summary>Lines of a payout batch in the words of a sink: who the payee is there, and what the pay is booked as.</summary>
internal static class PayoutLines
{
    /// <summary>The name that a mapping gives them, as if they were a stream.</summary>
    public const string Stream = "payout_lines";

    /// <summary>Fields that the mapping of payout lines can set.</summary>
    public static readonly string[] Fields = ["person", "earning_code"];

    /// <summary>Names that these come from, besides the facts of a rep.</summary>
    public static readonly string[] Names = ["external_id", "email", "name", "id"];

    private const string EmployeeNumber = "facts/employee_number";

    /// <summary>By itself the payee is the employee number, or the external id of a rep who has none.</summary>
    /// <returns>The line; the refusal of one whose payee is not known to payroll by anything.</returns>
    public static Result<PayoutLine> Of(LineRow line, Company company, StreamMapping? mapping)
    {
        var rep = company.Reps[line.Rep];
        var given = mapping?.Fields?.GetValueOrDefault("person");
        var person = given is null ? Text(rep, EmployeeNumber) ?? rep.ExternalId : Mapped(rep, given);
        if (string.IsNullOrEmpty(person))
        {
            return Error.Of("person", ErrorCodes.FieldRequired, $"The rep {rep.Name()} has no '{given?.From}', by which payroll would know them.");
        }
        var code = mapping?.Fields?.GetValueOrDefault("earning_code") is { } earning ? Mapped(rep, earning) ?? "commission" : "commission";
        var currency = Currency.Parse(line.Currency);
        return new PayoutLine(
            line.Id, person, new Spm.Connectors.Money(Compensation.Amounts.Money.FromMinor(line.Minor, currency).Amount, line.Currency), company.Calendar.MonthByNo(line.Month)!.Id, code);
    }

    private static string? Mapped(Entry<RepDoc> rep, FieldMapping mapping)
    {
        var text = mapping.Value ?? (mapping.From is { } from ? Text(rep, from) : null) ?? mapping.Otherwise;
        return text is not null && mapping.Words?.TryGetValue(text, out var word) == true ? word : text;
    }

    private static string? Text(Entry<RepDoc> rep, string name) => name switch
    {
        "external_id" => rep.ExternalId,
        "email" => rep.Doc.Email,
        "name" => rep.Doc.Name,
        "id" => rep.Id,
        _ => rep.Doc.Facts is { } facts && facts.TryGetProperty(name[MappingDefaults.Facts.Length..], out var fact) ? fact.ToString() : null,
    };

    private static string Name(this Entry<RepDoc> rep) => $"{rep.Doc.Name} ({rep.ExternalId})";
}
