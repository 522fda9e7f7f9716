using System.Net;
using System.Net.Http.Json;

namespace Spm.Connectors.Salesforce;

/// <summary>What the org's objects look like to the connection's user, asked once.</summary>
internal sealed class Schema(ISalesforceApi api, TimeProvider clock)
{
    private readonly Dictionary<string, IReadOnlyList<DescribedField>?> _known = new(StringComparer.Ordinal);

    /// <summary>Null: the org has no such object, or its user does not see it. Splits and territories exist only where they are switched on.</summary>
    public async Task<IReadOnlyList<DescribedField>?> FieldsOfAsync(string type, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(type, out var fields))
        {
            _known[type] = fields = await AskAsync(type, cancellationToken);
        }
        return fields;
    }

    private async Task<IReadOnlyList<DescribedField>?> AskAsync(string type, CancellationToken cancellationToken)
    {
        using var response = await api.Describe(type, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        if (await SalesforceFailure.OfAsync(response, clock) is { } failure)
        {
            throw failure;
        }
        return (await response.Content.ReadFromJsonAsync<Description>(cancellationToken))!.Fields;
    }
}
