using Spm.Compensation.Crediting;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Proofs;
using Spm.Platform.Transactions;

namespace Spm.Platform.Problems;

/// <summary>Every code a problem can have, and what it means to who reads it.</summary>
public static class ProblemCodes
{
    private static readonly (string Code, string Detail)[] Known =
    [
        (CreditProblem.Uncredited, "It is a house deal, or nobody is named, by its deal neither, and no territory is known: credited to nobody."),
        (CreditProblem.TerritoryWithoutOwner, "The territory has no owner on that day: credited to nobody."),
        (CreditProblem.OutsideTerritory, "Credited, yet the rep was not assigned to the territory on that day."),
        (CreditProblem.RepNotEmployed, "The rep was not employed on that day: this part is credited to nobody."),
        (CreditProblem.CurrencyWithoutRate, "No rate to the company's currency is known: credited to nobody."),
        (DealProblems.Unknown, "The deal that it is about is not here, or is deleted: nothing of that is released or taken back by it."),
        (RepProblem.QuotaMissing, "No quota is set for the period or a part of it: nothing is earned."),
        (RepProblem.TargetIncentiveMissing, "The component pays parts of a target incentive, and the rep has none: nothing is earned."),
        (RepProblem.FigureMissing, "An expression of the plan asks for a figure that is not known: nothing is earned."),
        (RepProblem.MeasureValueUnknown, "A measure of the plan asks for something that the transaction does not have, as a margin: it counts nothing there."),
        (RepProblem.ScoreMissing, "A goal of the scorecard has no score for the period: nothing is earned."),
        (RepProblem.TiersNotValid, "Edges or rates that are worked out for the rep make no rate table: nothing is earned."),
        (RepProblem.MultiplierOutsideTiers, "No tier of a multiplier has its figure: nothing is earned."),
        (ConnectionProblems.Stopped, "A connection has stopped by itself: nothing comes from it until somebody lets it go on."),
        (ConnectionProblems.Failing, "The last run of a connection has brought nothing to its end: nothing new counts before one does. It runs again by its schedule, or when it is asked to."),
        (ConnectionProblems.StreamStopped, "A stream of a connection is not read until somebody lets the connection go on."),
        (ConnectionProblems.Rejected, "Records of a connection came and do not count."),
        (ConnectionProblems.CertificateEnds, "The client certificate of a connection ends within 30 days, or has ended: put another one."),
        (ConnectionProblems.OutcomeUnknown, "Payroll has not said whether it took these lines: nothing of the batch is sent again before it does."),
        (RepProblem.CalculationFailed, "The rep's figures cannot be calculated: everything stands as it was posted before."),
        (ProofCodes.LedgerDiffers, "What the ledger says of the rep is not what follows from payouts and incentives: somebody has to look."),
        (ProofCodes.PayoutDiffers, "A payout as it is stored is not what follows from its credits: somebody has to look."),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Known.Select(k => k.Code)];

    /// <summary>The code itself where it is a finding of the core that has no text here, such as a rate that is missing.</summary>
    public static string Detail(string code) => Array.Find(Known, k => k.Code == code).Detail ?? code;
}
