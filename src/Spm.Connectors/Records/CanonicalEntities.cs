namespace Spm.Connectors;

/// <summary>What Spm understands of a vendor's record. Ids inside are the vendor's own: keys of the streams they refer to.</summary>
public abstract record CanonicalEntity;

/// <summary>A deal, order or opportunity.</summary>
public sealed record Opportunity : CanonicalEntity
{
    public required string Name { get; init; }

    /// <summary>Null while nobody has put a price on it.</summary>
    public Money? Amount { get; init; }

    public required OpportunityStatus Status { get; init; }

    /// <summary>The day it was, or is expected to be, won or lost.</summary>
    public DateOnly? CloseDate { get; init; }

    public string? Pipeline { get; init; }

    public string? Stage { get; init; }

    /// <summary>A key of the stream of persons.</summary>
    public string? Owner { get; init; }

    public string? Account { get; init; }

    /// <summary>Other people who share it. Empty: the owner alone.</summary>
    public IReadOnlyList<OpportunitySplit> Splits { get; init; } = [];
}

/// <summary>Where a deal stands. Only won ones pay.</summary>
public enum OpportunityStatus
{
    Open,
    Won,
    Lost,
}

/// <summary>A share of a deal in percent; overlay shares stand beside the 100.</summary>
public sealed record OpportunitySplit(string Person, decimal Percent, bool Overlay = false);

/// <summary>A line of a deal.</summary>
public sealed record OpportunityLine : CanonicalEntity
{
    /// <summary>A key of the stream of deals; null where the vendor tells it elsewhere.</summary>
    public string? Opportunity { get; init; }

    public string? Product { get; init; }

    public required string Name { get; init; }

    public decimal Quantity { get; init; } = 1;

    public Money? Amount { get; init; }
}

/// <summary>A bill to a customer.</summary>
public sealed record Invoice : CanonicalEntity
{
    public required string Number { get; init; }

    public required Money Amount { get; init; }

    public required Money Paid { get; init; }

    public required InvoiceStatus Status { get; init; }

    public DateOnly? IssuedOn { get; init; }

    /// <summary>The day the last of it was paid.</summary>
    public DateOnly? PaidOn { get; init; }

    public string? Account { get; init; }

    /// <summary>The deal it bills, where the vendor knows it.</summary>
    public string? Opportunity { get; init; }
}

/// <summary>Where a bill stands. Only money that came releases a hold.</summary>
public enum InvoiceStatus
{
    Draft,
    Open,
    Paid,
    Void,
    Uncollectible,
}

/// <summary>Money that came in.</summary>
public sealed record Payment : CanonicalEntity
{
    public required Money Amount { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public string? Invoice { get; init; }
}

/// <summary>Money that went back. The amount is above zero, as everywhere in Spm.</summary>
public sealed record Refund : CanonicalEntity
{
    public required Money Amount { get; init; }

    public required DateOnly RefundedOn { get; init; }

    public string? Invoice { get; init; }

    public string? Payment { get; init; }

    public string? Reason { get; init; }
}

/// <summary>Somebody who may be paid, or to whom somebody reports.</summary>
public sealed record Person : CanonicalEntity
{
    public required string Name { get; init; }

    public string? Email { get; init; }

    public required bool Active { get; init; }

    /// <summary>A key of the same stream.</summary>
    public string? Manager { get; init; }

    /// <summary>The number that payroll knows the person by.</summary>
    public string? EmployeeNumber { get; init; }

    public DateOnly? HiredOn { get; init; }

    /// <summary>The first day on which the person is no longer employed.</summary>
    public DateOnly? LeftOn { get; init; }
}

/// <summary>What somebody is from a day on, until the next row of the same person says otherwise.</summary>
public sealed record Employment : CanonicalEntity
{
    public required string Person { get; init; }

    /// <summary>Included.</summary>
    public required DateOnly From { get; init; }

    public string? Title { get; init; }

    public string? Department { get; init; }

    public string? Division { get; init; }

    public string? Location { get; init; }

    public string? Manager { get; init; }
}

/// <summary>A word that other records refer to by key: a stage of a pipeline, a product.</summary>
public sealed record Reference : CanonicalEntity
{
    public required string Label { get; init; }

    /// <summary>The key it stands under: the pipeline of a stage.</summary>
    public string? Parent { get; init; }
}
