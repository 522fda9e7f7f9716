using System.Net.Http.Headers;

namespace Spm.Client;

/// <summary>
/// A typed client of one Spm tenant: the tenant is the one the API key belongs to.
/// Every refusal of the platform is thrown as <see cref="SpmProblemException"/>; the client retries nothing by itself.
/// Safe for concurrent use.
/// </summary>
public sealed class SpmClient : IDisposable
{
    private readonly HttpClient? _owned;

    /// <summary>Opens its own connection pool to <paramref name="baseUrl"/>; dispose the client to close it.</summary>
    public SpmClient(Uri baseUrl, string apiKey)
        // An upload may take longer than any sensible request timeout, so SpmTransport bounds each request itself.
        : this(new HttpClient { BaseAddress = baseUrl, Timeout = Timeout.InfiniteTimeSpan }, apiKey) =>
        _owned = Transport.Http;

    /// <summary>Uses the caller's <paramref name="http"/>, which must have a base address and stays the caller's to dispose.</summary>
    public SpmClient(HttpClient http, string apiKey)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        if (http.BaseAddress is null)
            throw new ArgumentException("The HttpClient needs a BaseAddress: the platform's root URL.", nameof(http));

        Transport = new SpmTransport(http, new AuthenticationHeaderValue("Bearer", apiKey));
        Setup = new SetupClient(Transport);
        Calendar = new CalendarClient(Transport);
        Transactions = new TransactionsClient(Transport);
        Imports = new ImportsClient(Transport);
        Results = new ResultsClient(Transport);
        Payouts = new PayoutsClient(Transport);
        Batches = new PayoutBatchesClient(Transport);
        Ledger = new LedgerClient(Transport);
        Modelling = new ModellingClient(Transport);
    }

    /// <summary>Company, measures, plans, reps, territories, accounts and quotas, one at a time.</summary>
    public SetupClient Setup { get; }

    /// <summary>Fiscal years and their periods; closing months.</summary>
    public CalendarClient Calendar { get; }

    /// <summary>Compensable events, one at a time.</summary>
    public TransactionsClient Transactions { get; }

    /// <summary>Whole files or streams of any entity.</summary>
    public ImportsClient Imports { get; }

    /// <summary>Performance, attainments, live territories, problems and the reconciliation.</summary>
    public ResultsClient Results { get; }

    /// <summary>What each rep is due, and why.</summary>
    public PayoutsClient Payouts { get; }

    /// <summary>Payouts handed to payroll together: approve, claim, acknowledge.</summary>
    public PayoutBatchesClient Batches { get; }

    /// <summary>The double-entry ledger behind every amount.</summary>
    public LedgerClient Ledger { get; }

    /// <summary>Estimates, remodelled years, plan checks.</summary>
    public ModellingClient Modelling { get; }

    private SpmTransport Transport { get; }

    /// <summary>Closes the connection pool if the client opened it itself.</summary>
    public void Dispose() => _owned?.Dispose();
}
