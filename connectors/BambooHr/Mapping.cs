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
        var active = row.OneOf("status", EmployeeStatus.Active) == EmployeeStatus.Active;
        var hired = row.Day("hireDate");
        var name = row.Text("displayName") ?? $"{row.Text("firstName")} {row.Text("lastName")}".Trim();
        var person = new Person
        {
            Name = name.Length > 0 ? name : id,
            Email = row.Text("workEmail"),
            Active = active,
            Manager = row.Text("supervisorEId"),
            EmployeeNumber = row.Text("employeeNumber"),
            HiredOn = hired,
            // Who was hired again still has the day on which they left before.
            LeftOn = DayAfter(row, "terminationDate") is { } left && !(active && left <= hired) ? left : null,
        };
        return row.Message(changed, person);
    }

    /// <summary>A row of the table of jobs. Whom somebody reports to stands there by name, so that it is taken from the person.</summary>
    public static SourceMessage Job(string employee, DateTimeOffset changed, IReadOnlyDictionary<string, JsonElement> job)
    {
        var texts = Texts(job);
        var row = new FieldReader((texts.GetValueOrDefault("id") ?? texts.GetValueOrDefault("date")) is { } of ? $"{employee}/{of}" : employee, texts);
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

    private enum EmployeeStatus
    {
        Active,
        Inactive,
    }

    /// <summary>The first day after the one that is named there.</summary>
    private static DateOnly? DayAfter(FieldReader row, string name)
    {
        if (row.Day(name) is not { } day)
        {
            return null;
        }
        if (day < DateOnly.MaxValue)
        {
            return day.AddDays(1);
        }
        row.Add(name, "not_a_date", "There is no day after it.");
        return null;
    }

    private static Dictionary<string, string?> Texts(IReadOnlyDictionary<string, JsonElement> fields) => fields.ToDictionary(f => f.Key, f => f.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when f.Value.GetString() == NoDay => null,
        JsonValueKind.String => f.Value.GetString(),
        _ => f.Value.GetRawText(),
    });
}
