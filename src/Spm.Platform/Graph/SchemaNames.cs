using System.Reflection;
using System.Text.Json;
using Spm.Platform.Connections;
using Spm.Platform.Imports;
using Spm.Platform.PayoutBatches;
using Spm.Platform.Transactions;
using Spm.Platform.Webhooks;

namespace Spm.Platform.Graph;

/// <summary>
/// How REST's records are called as types: the noun without what it is in the program. A field that holds the id of another record ends in `Id`;
/// the record itself stands beside it under the plain noun.
/// </summary>
internal static class SchemaNames
{
    private static readonly string[] Endings = ["View", "Ref", "Input"];

    private static readonly Dictionary<Type, string> Others = new()
    {
        [typeof(AmountView)] = "SourceAmount",
        [typeof(BatchView)] = "PayoutBatch",
        [typeof(BatchStatus)] = "PayoutBatchStatus",
        [typeof(LineView)] = "PayoutLine",
        [typeof(Kernel.FieldError)] = "RowError",
        [typeof(ConnectionView)] = "VendorConnection",
        [typeof(ConnectionStatus)] = "VendorConnectionStatus",
        [typeof(StreamView)] = "VendorConnectionStream",
        [typeof(RunView)] = "ConnectionRun",
        [typeof(RunStreamView)] = "ConnectionRunStream",
        [typeof(WaitingRowView)] = "ConnectionRow",
        [typeof(AmountAtStakeView)] = "ConnectionRowAmount",
        [typeof(DifferenceView)] = "ConnectionDifference",
        [typeof(DeliveryView)] = "WebhookDelivery",
        [typeof(DeliveryDetailView)] = "WebhookDeliveryDetail",
        [typeof(AttemptView)] = "WebhookAttempt",
        [typeof(SecretView)] = "WebhookSecret",
        [typeof(WebhookPayload)] = "WebhookPayloadKind",
        [typeof(ImportCounts)] = "ImportRowCounts",
    };

    private static readonly HashSet<string> References = new(StringComparer.Ordinal)
    {
        "Account", "Batch", "CreditedAs", "Manager", "Measure", "Parent", "Payout", "Plan", "Rep", "Territory", "Transaction",
    };

    /// <summary>Texts that are names of records in their source and no ids: what a source calls an account that nobody has sent, and a vendor the one that is signed in to.</summary>
    private static readonly HashSet<string> Inputs = new(StringComparer.Ordinal) { "CheckView", "ConnectionView", "DetectionView", "PlanInput", "EstimatedDealInput" };

    public static string? Of(Type type)
    {
        if (Others.TryGetValue(type, out var other))
        {
            return other;
        }
        var ending = type.IsGenericType ? null : Array.Find(Endings, e => type.Name.Length > e.Length && type.Name.EndsWith(e, StringComparison.Ordinal));
        return ending is null ? null : type.Name[..^ending.Length];
    }

    public static string? Of(PropertyInfo property) => IsReference(property) ? JsonNamingPolicy.CamelCase.ConvertName(property.Name) + "Id" : null;

    /// <summary>The property is the id of another record.</summary>
    public static bool IsReference(PropertyInfo property) =>
        property.PropertyType == typeof(string) && References.Contains(property.Name) && property.DeclaringType is { } owner && !Inputs.Contains(owner.Name);
}
