using Npgsql;

namespace Spm.Storage.Postgres;

/// <summary>
/// Statements whose results nobody asks for wait here for the next one whose result is asked for, and go to the server in one message with it. An
/// error of one that waited shows when it is sent.
/// </summary>
internal sealed class Pipeline(NpgsqlConnection connection)
{
    /// <summary>The most statements of one message.</summary>
    public const int MaxWaiting = 500;

    private readonly List<NpgsqlBatchCommand> _waiting = [];

    /// <summary>Where in the queue the savepoint of the current part waits; below 0 once it is sent.</summary>
    private int _part = -1;

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(NpgsqlBatchCommand command)
    {
        if (_waiting.Count >= MaxWaiting)
        {
            Flush();
        }
        _waiting.Add(command);
    }

    /// <summary>The reader stands at the rows of the first of these, where nothing that waited returns any.</summary>
    public NpgsqlDataReader Read(IReadOnlyList<NpgsqlBatchCommand> commands) => Take(commands).ExecuteReader();

    /// <returns>The number of rows that each of these changed.</returns>
    public int[] Execute(IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        using var batch = Take(commands);
        batch.ExecuteNonQuery();
        return [.. commands.Select(c => c.RecordsAffected)];
    }

    public void Flush()
    {
        if (_waiting.Count > 0)
        {
            using var batch = Take([]);
            batch.ExecuteNonQuery();
        }
    }

    public void BeginPart(NpgsqlBatchCommand savepoint)
    {
        Add(savepoint);
        _part = _waiting.Count - 1;
    }

    /// <summary>Whether the savepoint of the current part has been sent, or had been; what of the part waits is dropped.</summary>
    public bool UndoPart()
    {
        var sent = _part < 0;
        _waiting.RemoveRange(Math.Max(_part, 0), _waiting.Count - Math.Max(_part, 0));
        _part = -1;
        return sent;
    }

    public void Clear()
    {
        _waiting.Clear();
        _part = -1;
    }

    private NpgsqlBatch Take(IReadOnlyList<NpgsqlBatchCommand> last)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in _waiting.Concat(last))
        {
            batch.BatchCommands.Add(command);
        }
        Clear();
        return batch;
    }
}
