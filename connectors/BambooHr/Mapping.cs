using System.Text.Json;

namespace Spm.Connectors.BambooHr;

/// <summary>From BambooHR's fields to canonical records. A day that is not set is written 0000-00-00 there.</summary>
internal static class Mapping
{
    private const string NoDay = "0000-00-00";

    /// <summary>What is asked for of an employee.</summary>
    public const string Fields = "firstName,lastName,displayName,workEmail,status,hireDate,terminationDate,supervisorEId,employeeNumber";

    public static SourceMessage Person(string id, DateTimeOffset changed, IReadOnlyDictionary<string, JsonElement> employee)
    {
        var row = new FieldReader(id, Texts(employee));
        var name = row.Text("displayName") ?? $"{row.Text("firstName")} {row.Text("lastName")}".Trim();
        var person = new Person
        {
            Name = name.Length > 0 ? name : id,
            Email = row.Text("workEmail"),
            Active = row.Text("status") != "Inactive",
            Manager = row.Text("supervisorEId"),
            EmployeeNumber = row.Text("employeeNumber"),
            HiredOn = row.Day("hireDate"),
            LeftOn = row.Day("terminationDate")?.AddDays(1),
        };
        return row.Message(changed, person);
    }

    /// <summary>A row of the table of jobs. Whom somebody reports to stands there by name, so that it is taken from the person.</summary>
    public static SourceMessage Job(string employee, DateTimeOffset changed, IReadOnlyDictionary<string, JsonElement> job)
    {
        var texts = Texts(job);
        var row = new FieldReader(texts.GetValueOrDefault("date") is { } date ? $"{employee}/{texts.GetValueOrDefault("id") ?? date}" : employee, texts);
        var employment = new Employment
        {
            Person = employee,
            From = row.RequiredDay("date"),
            Title = row.Text("jobTitle"),
            Department = row.Text("department"),
            Division = row.Text("division"),
            Location = row.Text("location"),
        };
        return row.Message(changed, employment);
    }

    private static Dictionary<string, string?> Texts(IReadOnlyDictionary<string, JsonElement> fields) => fields.ToDictionary(f => f.Key, f => f.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when f.Value.GetString() == NoDay => null,
        JsonValueKind.String => f.Value.GetString(),
        _ => f.Value.GetRawText(),
    });
}
