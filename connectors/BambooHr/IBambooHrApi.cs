using System.Text.Json;
using Refit;

namespace Spm.Connectors.BambooHr;

/// <summary>The part of BambooHR's API that is read. It pages nothing: what has changed since an instant comes whole.</summary>
[Headers("Authorization: Basic", "Accept: application/json")]
public interface IBambooHrApi
{
    [Get("/api/v1/employees/changed")]
    Task<ChangedEmployees> Changed(string since, CancellationToken cancellationToken);

    [Get("/api/v1/employees/{id}")]
    Task<Dictionary<string, JsonElement>> Employee(string id, string fields, CancellationToken cancellationToken);

    [Get("/api/v1/employees/changed/tables/{table}")]
    Task<ChangedTable> Table(string table, string since, CancellationToken cancellationToken);

    [Get("/api/v1/meta/fields")]
    Task<IReadOnlyList<MetaField>> Fields(CancellationToken cancellationToken);
}

/// <param name="Employees">
/// By id, with <c>lastChanged</c>, and <c>action</c> (Inserted, Updated or Deleted). BambooHR writes an empty list where it means an empty object.
/// </param>
public sealed record ChangedEmployees(JsonElement Employees);

/// <param name="Employees">By id, with <c>lastChanged</c> and the <c>rows</c> of each. An empty list where there are none.</param>
public sealed record ChangedTable(string Table, JsonElement Employees);

/// <param name="Alias">The name that the field is asked for by; its id where it has none.</param>
public sealed record MetaField(JsonElement Id, string Name, string Type, string? Alias);
