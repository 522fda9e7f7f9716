using System.Globalization;
using System.Text.Json;
using Spm.Compensation.Crediting;
using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Transactions;

/// <summary>A transaction as a source sends it. Its key is source and external id.</summary>
/// <param name="Source">The system it comes from: crm.</param>
/// <param name="ExternalId">Its id in the source.</param>
/// <param name="Kind">What kind of event it is.</param>
/// <param name="Date">The day that it counts for.</param>
/// <param name="Amount">Not negative, with at most four decimals; a refund's amount is positive too.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Version">A whole number from 1 that grows with every change in the source.</param>
/// <param name="Rep">Id or external id of the rep.</param>
/// <param name="Account">Id or external id of the account.</param>
/// <param name="Territory">Id or external id of the territory.</param>
/// <param name="Deal">External id of the transaction of the same source that it is about: the order that is refunded, paid or cancelled.</param>
/// <param name="Splits">Parts that add up to 100 %.</param>
/// <param name="House">True: nobody is credited directly.</param>
/// <param name="Deleted">True: the source has deleted it; what it credited is taken back.</param>
/// <param name="IdempotencyKey">The same key and input are answered as the first time.</param>
public sealed record PostTransactionInput(
    string Source, string ExternalId, TransactionKind Kind, DateOnly Date, decimal Amount, string Currency, long Version = 1, decimal? Quantity = null, decimal? Margin = null, string? Rep = null,
    string? Account = null, string? Territory = null, string? Product = null, string? Deal = null, JsonElement? Facts = null, IReadOnlyList<PostSplitInput>? Splits = null, bool House = false,
    bool Deleted = false, string? IdempotencyKey = null)
{
    internal TransactionInput Body => new()
    {
        Source = Source,
        ExternalId = ExternalId,
        Version = Version.ToString(CultureInfo.InvariantCulture),
        Kind = EnumNames.Of(Kind),
        Date = Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Amount = Text(Amount),
        Currency = Currency,
        Quantity = Text(Quantity),
        Margin = Text(Margin),
        Rep = Rep,
        Account = Account,
        Territory = Territory,
        Product = Product,
        Deal = Deal,
        Facts = Facts,
        Splits = Splits?.Select(s => new SplitInput { Rep = s.Rep, Percent = Text(s.Percent) }).ToArray(),
        House = House ? "true" : null,
        Deleted = Deleted ? "true" : null,
    };

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A rep's part of a transaction.</summary>
/// <param name="Rep">Id or external id of the rep.</param>
/// <param name="Percent">Above 0 and at most 100, with up to four decimals.</param>
public sealed record PostSplitInput(string Rep, decimal Percent);

/// <summary>The transaction as it is now, with who is credited and what is odd about it.</summary>
/// <param name="Transaction">Null where the mutation was refused.</param>
/// <param name="Outcome">Created, corrected, or unchanged when this version was already here; null where the mutation was refused.</param>
/// <param name="Conversion">How its amounts became the company's currency; null where they are in it, or no rate is known.</param>
/// <param name="Credits">Who is credited.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record PostTransactionPayload(
    TransactionView? Transaction, TransactionOutcome? Outcome, ConversionView? Conversion, IReadOnlyList<CreditView> Credits, IReadOnlyList<TransactionProblemView> Problems, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class TransactionMutations
{
    /// <summary>Posts one transaction; credited and in live state when answered. The same again changes nothing, a newer version corrects the older.</summary>
    public static async Task<PostTransactionPayload?> PostTransactionAsync(PostTransactionInput input, TransactionCommands commands, OnceOnly once, Call call) => await once.RunAsync(
        "postTransaction", Scopes.TransactionsWrite, input.IdempotencyKey, input,
        () => commands.PostAsync(call.Caller, input.Source, input.Body).PayloadAsync(posted => Made(call.View(posted)), Refused), Refused);

    private static PostTransactionPayload Made(PostedView posted) => new(posted.Transaction, posted.Result, posted.Conversion, posted.Credits, posted.Problems, []);

    private static PostTransactionPayload Refused(IReadOnlyList<UserError> errors) => new(null, null, null, [], [], errors);
}
