namespace Spm.Storage;

/// <summary>
/// A write for hot paths, for one row or many: values are bound without boxing. Bind every parameter in order, then <see cref="Add"/>; rows that
/// were added are surely written after <see cref="Flush"/>, and not before for a store on the other side of a wire, which gets them in one statement:
/// rows of an update or delete that are flushed together are about different rows of the table.
/// </summary>
public abstract class Statement : IDisposable
{
    public abstract Statement Bind(long value);

    public abstract Statement Bind(long? value);

    public abstract Statement Bind(string? value);

    /// <summary>Text that is UTF-8 already; null when it is empty.</summary>
    public abstract Statement Bind(ReadOnlySpan<byte> text);

    /// <summary>Bytes as they are.</summary>
    public abstract Statement BindBytes(byte[] value);

    /// <summary>The row is complete; binding starts again at the first parameter.</summary>
    public abstract void Add();

    /// <returns>The number of rows changed by all that was added since the last time.</returns>
    /// <exception cref="OverflowException">A number is more than 64 bits hold.</exception>
    public abstract int Flush();

    /// <summary>The same where nobody asks how many rows were changed: see <see cref="SqlSession.Send"/>.</summary>
    public abstract void Send();

    /// <summary>So many rows, at once: a store on the other side of a wire takes them in while they are bound.</summary>
    /// <param name="bind">Binds the row of a number, from 0 on, and adds it; touches nothing else of the store. May be called for the same rows again.</param>
    /// <returns>The number of rows changed.</returns>
    /// <exception cref="OverflowException">A number is more than 64 bits hold.</exception>
    public virtual int Write(int rows, Action<int> bind)
    {
        for (var row = 0; row < rows; row++)
        {
            bind(row);
        }
        return Flush();
    }

    /// <summary>One row, at once.</summary>
    /// <returns>The number of rows changed.</returns>
    public int Run()
    {
        Add();
        return Flush();
    }

    public abstract void Dispose();

    /// <summary>Drops what was bound and added and is not to be written any more.</summary>
    internal abstract void Forget();
}
