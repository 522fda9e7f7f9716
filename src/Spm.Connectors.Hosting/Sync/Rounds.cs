namespace Spm.Connectors.Hosting.Sync;

/// <summary>
/// Notices a read that goes round: a vendor whose next page is one that it has given before. It remembers one place and what was read up to it, and
/// another one after twice as many steps each time (Brent), so that it finds a round of any length and takes no memory for it.
/// </summary>
internal sealed class Rounds
{
    /// <summary>So often a read may be where it was, with what it had there. A vendor that shows a page twice is no reason to end.</summary>
    private const int MaxMet = 10;

    private (string? Place, int Read) _kept;
    private long _steps;
    private long _until;
    private int _met;

    /// <param name="place">The text of a checkpoint; null between two of them.</param>
    /// <param name="read">A hash of what was read since the last step.</param>
    /// <returns>True where the read has no end.</returns>
    public bool GoOn(string? place, int read)
    {
        if (_until > 0 && _kept == (place, read) && ++_met >= MaxMet)
        {
            return true;
        }
        if (_steps++ >= _until)
        {
            (_kept, _steps, _until) = ((place, read), 0, (2 * _until) + 1);
        }
        return false;
    }
}
