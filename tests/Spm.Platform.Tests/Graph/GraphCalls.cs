using Spm.Platform.Tests.Access;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Graph;

/// <summary>Calls root fields of every kind, in a company with something of everything.</summary>
internal sealed class GraphCalls(TestPlatform platform, Operations calls)
{
    private const string Document =
        """{ plan: "x{n}", currency: "USD", versions: [{ effective_from: "2025-01-01", measures: [{ id: "bookings", value: "amount", kinds: ["order"] }], components: [{ id: "b", measure: "bookings", attainment_period: "year", quota: "to_date", rate_table: { mode: "step", tiers: [{ from: 0, rate: 5 }] } }] }] }""";

    public static IEnumerable<(string Kind, string Field, string Operation, string Document)> All =>
        RootFields.Queries.Select(q => ("query", q.Key, q.Value.Operation, q.Value.Document))
            .Concat(RootFields.Mutations.Select(q => ("mutation", q.Key, q.Value.Operation, q.Value.Document)))
            .Concat(RootFields.Subscriptions.Select(q => ("subscription", q.Key, q.Value.Operation, q.Value.Document)));

    public IReadOnlyDictionary<string, string> Ids => calls.Ids;

    public static async Task<GraphCalls> CreateAsync(TestPlatform platform) => new(platform, await Operations.CreateAsync(platform));

    /// <summary>As somebody; what a claim answers with is kept for the acknowledgement.</summary>
    public async Task<GraphAnswer> CallAsync(TestCaller caller, string kind, string field, string document)
    {
        var filled = await FillAsync(document);
        var answer = kind == "subscription" ? await platform.FirstAsync(filled, caller.Credential) : await caller.AskAsync(filled);
        if (field == "claimPayoutBatch" && answer.Text.Contains("\"lines\":[{", StringComparison.Ordinal))
        {
            var claim = answer.At(field, "claim");
            calls.Note("claim", claim.Text("claim"));
            calls.Note("line", claim.GetProperty("lines")[0].Text("id"));
        }
        return answer;
    }

    /// <summary>The id that a name stands for occurs in the document, so that whoever has no such thing is refused or gets nothing.</summary>
    public bool Names(string document) => calls.Ids.Keys.Any(k => document.Contains($"{{{k}}}", StringComparison.Ordinal));

    private async Task<string> FillAsync(string document)
    {
        document = document.Replace("{document}", Document, StringComparison.Ordinal)
            .Replace("{payout.etag}", await TagAsync($"/v1/payouts/{calls.Ids["payout"]}"), StringComparison.Ordinal)
            .Replace("{review.etag}", await TagAsync($"/v1/payout-batches/{calls.Ids["review"]}"), StringComparison.Ordinal);
        return calls.Fill(document);
    }

    private async Task<string> TagAsync(string path) => (await platform.GetAsync(path)).Expect(200).Headers["ETag"].Replace("\"", "\\\"", StringComparison.Ordinal);
}
