using Spm.Connectors;

namespace Spm.Platform.Connections.Mapping;

/// <summary>What canonical entities become where nobody says otherwise.</summary>
internal static class MappingDefaults
{
    /// <summary>Facts of a rep or transaction are named so.</summary>
    public const string Facts = "facts/";

    /// <summary>In the order in which streams are read: who is named comes before who names them.</summary>
    private static readonly string[] Order = ["reference", "person", "employment", "opportunity", "opportunity_line", "invoice", "payment", "refund"];

    /// <summary>Fields that the mapping of a stream can set.</summary>
    public static IReadOnlyList<string> FieldsOf(MappingTarget target) => target switch
    {
        MappingTarget.Transactions => ["kind", "date", "amount", "currency", "quantity", "margin", "rep", "account", "territory", "product", "deal", "house"],
        MappingTarget.Reps => ["name", "email", "title", "hired_on", "left_on", "manager", "plan", "target_incentive", "base_salary"],
        _ => [],
    };

    /// <summary>Entities that can become this.</summary>
    public static bool Fits(string entity, MappingTarget target) => target switch
    {
        MappingTarget.Reps => entity is "person" or "employment",
        MappingTarget.Directory => entity == "person",
        MappingTarget.Transactions => entity is "opportunity" or "opportunity_line" or "invoice" or "payment" or "refund",
        _ => true,
    };

    public static int Rank(StreamManifest stream) => Array.IndexOf(Order, stream.Entity);

    /// <summary>People of a system that has deals are who its deals name; people of any other system are reps.</summary>
    public static StreamMapping Of(ConnectorManifest connector, StreamManifest stream) => stream.Entity switch
    {
        "person" when connector.Streams.Any(s => s.Entity == "opportunity") => new(MappingTarget.Directory),
        "employment" when connector.Streams.Any(s => s.Entity == "opportunity") => new(MappingTarget.None),
        "person" => new(MappingTarget.Reps, Fields: Fields(
            ("name", "name"), ("email", "email"), ("hired_on", "hired_on"), ("left_on", "left_on"), ("manager", "manager"), ("facts/employee_number", "employee_number"))),
        "employment" => new(MappingTarget.Reps, Fields: Fields(
            ("title", "title"), ("manager", "manager"), ("facts/department", "department"), ("facts/division", "division"), ("facts/location", "location"))),
        "opportunity" => new(
            MappingTarget.Transactions, Only("status", "won"), Fields(("kind", "=order"), ("date", "close_date"), ("amount", "amount"), ("currency", "currency"), ("rep", "owner"))),
        "invoice" => new(
            MappingTarget.Transactions, Only("status", "open", "paid"), Fields(("kind", "=invoice"), ("date", "issued_on"), ("amount", "amount"), ("currency", "currency"), ("deal", "opportunity"))),
        "payment" => new(MappingTarget.Transactions, Fields: Fields(("kind", "=payment"), ("date", "received_on"), ("amount", "amount"), ("currency", "currency"), ("deal", "invoice"))),
        "refund" => new(MappingTarget.Transactions, Fields: Fields(("kind", "=refund"), ("date", "refunded_on"), ("amount", "amount"), ("currency", "currency"), ("deal", "invoice"))),
        _ => new(MappingTarget.None),
    };

    private static Dictionary<string, IReadOnlyList<string>> Only(string name, params string[] texts) => new(StringComparer.Ordinal) { [name] = texts };

    private static Dictionary<string, FieldMapping> Fields(params (string Field, string From)[] fields) =>
        fields.ToDictionary(f => f.Field, f => f.From[0] == '=' ? FieldMapping.Always(f.From[1..]) : FieldMapping.Of(f.From), StringComparer.Ordinal);
}
