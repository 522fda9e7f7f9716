namespace Spm.Storage;

/// <summary>One of the two databases: how its sessions are opened and its schema is brought up to date.</summary>
internal abstract class StoreEngine : IDisposable
{
    /// <summary>How many sessions read at once; who comes later waits.</summary>
    public abstract int MaxReaders { get; }

    /// <summary>The only session of this process that writes, on a schema that is up to date.</summary>
    public abstract SqlSession OpenWriter();

    public abstract SqlSession OpenReader();

    /// <summary>Whether other processes may have the store open too.</summary>
    public virtual bool IsShared => false;

    public virtual StoreHold Hold() => throw new InvalidOperationException("One process has this store: there is nobody to hold anything against.");

    public abstract void Dispose();
}
