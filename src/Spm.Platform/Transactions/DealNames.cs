using System.Globalization;
using Spm.Compensation.Crediting;
using Spm.Platform.Kernel;

namespace Spm.Platform.Transactions;

/// <summary>
/// Whom a deal names, as it is kept with a transaction that names nobody itself and is credited as its deal is: whom that credits can then be worked out
/// from its own row. "day;rep;account;territory;house;splits;product", numbers as in the deal's row; empty where there is nobody to be credited as.
/// </summary>
internal static class DealNames
{
    /// <param name="deal">Null where it is not here.</param>
    public static string Of(TransactionRow? deal) =>
        deal is null or { Deleted: true } || (deal.NamesNobody && deal.Account == Roster.None)
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{deal.Date.DayNumber};{deal.Rep};{deal.Account};{deal.Territory};{(int)(deal.Flags & TransactionFlags.House)};{TransactionTable.SplitsText(deal.Splits)};{deal.Product}");

    /// <returns>The deal with whom it names, and nothing else of it; null where there is nobody.</returns>
    public static Transaction? Read(string names)
    {
        if (names.Length == 0)
        {
            return null;
        }
        var parts = names.Split(';', 7);
        return new Transaction
        {
            Kind = TransactionKind.Order,
            Date = Wire.Day(Number(parts[0])),
            Amount = 0,
            Rep = Number(parts[1]),
            Account = Number(parts[2]),
            Territory = Number(parts[3]),
            House = Number(parts[4]) != 0,
            Splits = parts[5].Length == 0 ? [] : TransactionTable.Splits(parts[5]),
            Product = parts[6].Length == 0 ? null : parts[6],
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
