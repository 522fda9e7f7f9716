namespace Orleans.InProcess;

/// <summary>The stages of an activation's life; it never goes back.</summary>
internal enum Phase : byte
{
    /// <summary>Not yet built; calls queue.</summary>
    New,
    /// <summary>The constructor, the reading of state or OnActivateAsync is running; calls queue.</summary>
    Activating,
    /// <summary>Calls are served.</summary>
    Active,
    /// <summary>Calls in progress end; others queue.</summary>
    Draining,
    /// <summary>OnDeactivateAsync is running; calls queue.</summary>
    Deactivating,
    /// <summary>Queued calls have gone to a fresh activation.</summary>
    Dead,
}
