using Microsoft.Extensions.DependencyInjection;
using Spm.GraphQL.Authoring;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Configs;

namespace Spm.Platform.Graph;

/// <summary>
/// Makes the schema of the slices' GraphQL faces. REST's records are its objects; where a record has a text, the schema says which kind of text:
/// decimal, percent, instant, id.
/// </summary>
public static class PlatformSchema
{
    private static readonly HashSet<string> Decimals = new(StringComparer.Ordinal)
    {
        "amount", "amountAtStake", "attainmentPoints", "balance", "baseSalary", "costPerPoint", "credited", "creditedToDate", "credits", "debits", "deviations", "difference",
        "earnedBefore", "earnedToDate", "expected", "gain", "incentiveAfter", "incentiveBefore", "convertedMargin", "margin", "measurement", "originalMargin", "money", "quantity", "quota", "rate", "targetIncentive", "value",
    };

    private static readonly HashSet<string> Percents = new(StringComparer.Ordinal) { "attainment", "attainmentAfter", "attainmentBefore", "percent" };

    private static readonly HashSet<string> Instants = new(StringComparer.Ordinal)
    {
        "at", "changedAt", "closedAt", "completedAt", "createdAt", "endedAt", "endsAt", "expiresAt", "finishedAt", "lastUsedAt", "nextAttemptAt", "nextRunAt", "occurredAt", "previousUntil",
        "recordedAt", "revokedAt", "startedAt", "updatedAt",
    };

    public static Schema Create(IServiceProviderIsService services)
    {
        var config = new ClrSchemaBuilder().NameTypes(SchemaNames.Of).NameFields(SchemaNames.Of).UseScalars(SchemaScalars.All).KnowServices(services).AddAssembly(typeof(PlatformSchema).Assembly).Config();
        var types = config.Types.Select(Typed).ToList();
        var percent = SchemaScalars.All.Single(s => s.Name == SchemaScalars.Percent);
        return Schema.Create(config with
        {
            Description = "Sales performance management: what reps sell, how far they have come, and what they are paid for it.",
            Types = [.. types.Select(SchemaWords.Described), .. types.Exists(t => t.Name == percent.Name) ? Array.Empty<TypeConfig>() : [percent], .. Missing(types, SchemaScalars.DateTime)],
        });
    }

    private static TypeConfig[] Missing(List<TypeConfig> types, string scalar) =>
        types.Exists(t => t.Name == scalar) ? [] : [SchemaScalars.All.Single(s => s.Name == scalar)];

    private static TypeConfig Typed(TypeConfig type) => type switch
    {
        // Each root asks for a scope of its own: what is refused is null, and what stands beside it is answered.
        ObjectTypeConfig { Name: "Query" } roots => roots with { Fields = [.. roots.Fields.Select(Typed).Select(Nullable)] },
        ObjectTypeConfig made => made with { Fields = [.. made.Fields.Select(Typed)] },
        InterfaceTypeConfig made => made with { Fields = [.. made.Fields.Select(Typed)] },
        _ => type,
    };

    private static FieldConfig Nullable(FieldConfig field) => field.Type is NonNullTypeNode type ? field with { Type = type.Type } : field;

    private static FieldConfig Typed(FieldConfig field) => Scalar(field) is { } scalar
        ? field with { Type = TypeNode.Parse(field.Type is NonNullTypeNode ? $"{scalar}!" : scalar) }
        : field;

    private static string? Scalar(FieldConfig field) =>
        field.Type.Named.Name.Value != "String" || field.Type is ListTypeNode or NonNullTypeNode { Type: ListTypeNode } ? null
        : Decimals.Contains(field.Name) ? SchemaScalars.Decimal
        : Percents.Contains(field.Name) ? SchemaScalars.Percent
        : Instants.Contains(field.Name) ? SchemaScalars.DateTime
        : field.Name == "id" || (field.Name.EndsWith("Id", StringComparison.Ordinal) && field.Name != "externalId") ? "ID"
        : null;
}
