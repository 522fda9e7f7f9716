namespace Spm.Bench.Reference;

/// <summary>How large the reference work is. Payees are dense: reps, managers, directors, VPs, specialists.</summary>
internal sealed record ReferenceSize(string Name, int Transactions, int Reps, string? Sha256, decimal? Payouts)
{
    public const int Lines = 40;
    public const int Months = 12;
    public const long Seed = 20250101;

    public static readonly ReferenceSize[] All =
    [
        new("X", 2_000, 1_000, null, null),
        new("S", 100_000, 1_000, "1f80ccb8c5563fdb3c703e1c58d5949c430ca914b55c45993d27a35c0cc5013f", 146_458_946.82m),
        new("M", 1_000_000, 5_000, "61828526634b2c548f14f5c6888cb5e56f0c07b6c29632dfa7864c2e3aac2853", 1_537_832_474.99m),
        new("L", 10_000_000, 20_000, null, null),
    ];

    public int Managers => Reps / 10;

    public int Directors => Reps / 100;

    public int VicePresidents => Reps / 1000;

    public int FirstDirector => Reps + Managers;

    public int FirstVicePresident => FirstDirector + Directors;

    public int FirstSpecialist => FirstVicePresident + VicePresidents;

    public int Payees => FirstSpecialist + Lines;

    /// <summary>How many payees there are of the payee's kind.</summary>
    public int Peers(int payee) =>
        payee < Reps ? Reps : payee < FirstDirector ? Managers : payee < FirstVicePresident ? Directors : payee < FirstSpecialist ? VicePresidents : Lines;

    /// <summary>Who the payee reports to; -1 for VPs and specialists.</summary>
    public int ManagerOf(int payee) =>
        payee < Reps ? Reps + (payee % Managers)
        : payee < FirstDirector ? FirstDirector + ((payee - Reps) / 10)
        : payee < FirstVicePresident ? FirstVicePresident + ((payee - FirstDirector) / 10)
        : -1;
}
