namespace Spm.Platform.Tests.Graph;

/// <summary>
/// One call of every root field of the schema, and the operation of REST that does the same: a field asks for the scope that the operation asks for.
/// Names in braces stand for ids, as in <see cref="Access.Operations"/>.
/// </summary>
internal static class RootFields
{
    public static readonly IReadOnlyDictionary<string, (string Operation, string Document)> Queries = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["node"] = ("getRep", """{ node(id: "{rep}") { id } }"""),
        ["nodes"] = ("getRep", """{ nodes(ids: ["{rep}"]) { id } }"""),
        ["company"] = ("getCompany", "{ company { name currency fx { rate fixedRates { currency rate } } } }"),
        ["calendar"] = ("getCalendar", "{ calendar { years { id months { id status } } } }"),
        ["period"] = ("getPeriod", """{ period(id: "2025-01") { id status } }"""),
        ["periods"] = ("listPeriods", "{ periods(filter: { kind: MONTH }) { nodes { id } totalCount } }"),
        ["measure"] = ("getMeasure", """{ measure(id: "{measure}") { id name } }"""),
        ["measures"] = ("listMeasures", "{ measures { nodes { id } totalCount } }"),
        ["plan"] = ("getPlan", """{ plan(id: "{plan}") { id document } }"""),
        ["plans"] = ("listPlans", "{ plans { nodes { id name } totalCount } }"),
        ["planCheck"] = ("checkPlan", """{ planCheck(document: { plan: "x" }) { accepted errors { pointer code } } }"""),
        ["rep"] = ("getRep", """{ rep(id: "{rep}") { id email } }"""),
        ["reps"] = ("listReps", "{ reps { nodes { id name manager { name } } totalCount } }"),
        ["repExplanation"] = ("explainRep", """{ repExplanation(id: "{rep}", period: "2025-01") { period components { component incentive { value } } } }"""),
        ["territory"] = ("getTerritory", """{ territory(id: "{territory}") { id name } }"""),
        ["territories"] = ("listTerritories", "{ territories { nodes { id children { id } } totalCount } }"),
        ["account"] = ("getAccount", """{ account(id: "{account}") { id name } }"""),
        ["accounts"] = ("listAccounts", "{ accounts { nodes { id } totalCount } }"),
        ["quotas"] = ("listQuotas", "{ quotas { nodes { amount rep { name } } totalCount } }"),
        ["fxRates"] = ("listFxRates", "{ fxRates { nodes { rate } totalCount } }"),
        ["transaction"] = ("getTransaction", """{ transaction(id: "{transaction}") { id credits { credits { percent } } } }"""),
        ["transactions"] = ("listTransactions", "{ transactions { nodes { id amount { amount } } totalCount } }"),
        ["import"] = ("getImport", """{ import(id: "{import}") { id progress } }"""),
        ["imports"] = ("listImports", "{ imports { nodes { id } totalCount } }"),
        ["importRows"] = ("listImportRows", """{ importRows(import: "{import}") { nodes { row } totalCount } }"""),
        ["repPerformance"] = ("listRepPerformance", """{ repPerformance(period: "2025") { nodes { rep { name } attainment } } }"""),
        ["leaderboard"] = ("listRepPerformance", """{ leaderboard(period: "2025") { rank performance { rep { name } attainment } } }"""),
        ["attainments"] = ("listAttainments", "{ attainments { nodes { attainment } } }"),
        ["estimate"] = ("estimateRep", """{ estimate(rep: "{rep}", deals: [{ date: "2025-04-20", amount: "100" }]) { difference { amount } } }"""),
        ["remodel"] = ("remodelPlan", """{ remodel(plan: "{plan}", year: "2025", document: {document}) { reps } }"""),
        ["detections"] = ("listDetections", """{ detections(year: "2025") { findings { kind } } }"""),
        ["problems"] = ("listProblems", "{ problems { nodes { code } totalCount } }"),
        ["problemSummary"] = ("summarizeProblems", "{ problemSummary { code count } }"),
        ["reconciliation"] = ("getReconciliation", "{ reconciliation { transactions { count } } }"),
        ["payout"] = ("getPayout", """{ payout(id: "{payout}") { id etag } }"""),
        ["payouts"] = ("listPayouts", "{ payouts { nodes { id amount { amount } } totalCount } }"),
        ["payoutExplanation"] = ("explainPayout", """{ payoutExplanation(id: "{payout}") { payout { id } } }"""),
        ["payoutBatch"] = ("getPayoutBatch", """{ payoutBatch(id: "{batch}") { id etag } }"""),
        ["payoutBatches"] = ("listPayoutBatches", "{ payoutBatches { nodes { id } totalCount } }"),
        ["payoutLines"] = ("listPayoutLines", """{ payoutLines(batch: "{batch}") { nodes { rep { name } amount { amount } } totalCount } }"""),
        ["trialBalance"] = ("getTrialBalance", "{ trialBalance { balanced } }"),
        ["postings"] = ("listPostings", "{ postings { nodes { id } totalCount } }"),
        ["apiKey"] = ("getApiKey", """{ apiKey(id: "{key}") { id name } }"""),
        ["apiKeys"] = ("listApiKeys", "{ apiKeys { nodes { id } totalCount } }"),
        ["auditEntries"] = ("listAuditEntries", "{ auditEntries { nodes { action after } totalCount } }"),
        ["auditVerification"] = ("verifyAudit", "{ auditVerification { sound } }"),
        ["tenants"] = ("listTenants", "{ tenants { nodes { id } } }"),
    };

    /// <summary>In an order in which whoever may do everything can do nearly all of it.</summary>
    public static readonly IReadOnlyDictionary<string, (string Operation, string Document)> Mutations = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["putCompany"] = Call("putCompany", """name: "Acme {n}", currency: "USD", fx: { rate: TRANSACTION_DATE }""", "company { name }"),
        ["putFiscalYear"] = Call("putFiscalYear", """year: "2026", start: "2026-01-01" """, "calendar { years { id } }"),
        ["closePeriod"] = Call("closePeriod", """period: "2025-04" """, "period { status }"),
        ["reopenPeriod"] = Call("reopenPeriod", """period: "2025-04" """, "period { status }"),
        ["putMeasure"] = Call("putMeasure", """source: "crm", externalId: "units", measure: { name: "Units {n}", value: QUANTITY, kinds: [ORDER] }""", "measure { id }"),
        ["putPlan"] = Call("putPlan", """source: "crm", externalId: "other", document: {document}""", "plan { id }"),
        ["putRep"] = Call("putRep", """source: "hris", externalId: "E9", rep: { name: "Rep {n}", manager: "{manager}" }""", "rep { id }"),
        ["putTerritory"] = Call("putTerritory", """source: "crm", externalId: "EAST", territory: { name: "East {n}", reps: [{ rep: "{rep}" }] }""", "territory { id }"),
        ["putAccount"] = Call("putAccount", """source: "crm", externalId: "A9", account: { name: "Account {n}", territory: "{territory}" }""", "account { id }"),
        ["putQuota"] = Call("putQuota", """rep: "{rep}", measure: "{measure}", period: "2025-12", amount: "{n}" """, "quota { amount }"),
        ["deleteQuota"] = Call("deleteQuota", """rep: "{rep}", measure: "{measure}", period: "2025-12" """, "quota { amount }"),
        ["putFxRate"] = Call("putFxRate", """from: "EUR", day: "2025-12-01", rate: "1.{n}" """, "fxRate { rate }"),
        ["deleteFxRate"] = Call("deleteFxRate", """from: "EUR", day: "2025-12-01" """, "fxRate { rate }"),
        ["postTransaction"] = Call("postTransaction", """source: "crm", externalId: "P{n}", kind: ORDER, date: "2025-04-05", amount: "10", currency: "USD", rep: "{rep}" """, "transaction { id } outcome"),
        ["startImport"] = Call("startImport", """entity: "transactions", source: "crm", rows: "{}" """, "import { id }"),
        ["correctImportRow"] = Call("correctImportRow", """import: "{import}", row: 1, fields: { external_id: "R2" }""", "row { status }"),
        ["retryImport"] = Call("retryImport", """import: "{import}" """, "import { status }"),
        ["submitPayout"] = Call("submitPayout", """payout: "{payout}", etag: "{payout.etag}" """, "payout { status }"),
        ["rejectPayout"] = Call("rejectPayout", """payout: "{payout}", etag: "{payout.etag}" """, "payout { status }"),
        ["approvePayout"] = Call("approvePayout", """payout: "{payout}", etag: "{payout.etag}" """, "payout { status }"),
        ["createPayoutBatch"] = Call("createPayoutBatch", """period: "2025-03" """, "payoutBatch { id }"),
        ["approvePayoutBatch"] = Call("approvePayoutBatch", """payoutBatch: "{review}", etag: "{review.etag}" """, "payoutBatch { status }"),
        ["rejectPayoutBatch"] = Call("rejectPayoutBatch", """payoutBatch: "{review}", etag: "{review.etag}" """, "payoutBatch { status }"),
        ["claimPayoutBatch"] = Call("claimPayoutBatch", """payoutBatch: "{batch}" """, "claim { claim lines { id } }"),
        ["acknowledgePayoutLines"] = Call("acknowledgePayoutLines", """payoutBatch: "{batch}", claim: "{claim}", lines: [{ line: "{line}", result: PAID }]""", "payoutBatch { paidCount }"),
        ["releasePayoutBatch"] = Call("releasePayoutBatch", """payoutBatch: "{batch}", claim: "{claim}" """, "payoutBatch { status }"),
        ["createApiKey"] = Call("createApiKey", """name: "Key {n}", roles: ["rep"], rep: "{rep}" """, "apiKey { id } secret"),
        ["rotateApiKey"] = Call("rotateApiKey", """apiKey: "{key}", overlapSeconds: 60""", "apiKey { id } secret"),
        ["revokeApiKey"] = Call("revokeApiKey", """apiKey: "{key}" """, "apiKey { status }"),
        ["createTenant"] = Call("createTenant", """id: "t{n}", name: "Tenant {n}" """, "tenant { id } secret"),
    };

    public static readonly IReadOnlyDictionary<string, (string Operation, string Document)> Subscriptions = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["repLive"] = ("getRepLive", """subscription { repLive(rep: "{rep}", period: "2025-01") { cursor live { rep { name } periods { payout { amount } } } } }"""),
        ["leaderboard"] = ("listRepPerformance", """subscription { leaderboard(period: "2025") { cursor rows { rank performance { rep { name } } } } }"""),
        ["payout"] = ("getPayout", """subscription { payout(id: "{payout}") { cursor payout { status } } }"""),
        ["import"] = ("getImport", """subscription { import(id: "{import}") { cursor import { status progress } } }"""),
    };

    private static (string Operation, string Document) Call(string field, string input, string selection) =>
        (field, $"mutation {{ {field}(input: {{ {input} }}) {{ {selection} userErrors {{ field message code }} }} }}");
}
