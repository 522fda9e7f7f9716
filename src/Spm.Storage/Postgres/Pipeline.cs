using Npgsql;

namespace Spm.Storage.Postgres;

/// <summary>
/// Statements whose results nobody asks for wait here for the next one whose result is asked for, and go to the server in one message with it. An
/// error of one that waited shows when it is sent.
/// </summary>
internal sealed class Pipeline(NpgsqlConnection connection)
{
    private const int MaxWaiting = 500;

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

    public NpgsqlDataReader Read(NpgsqlBatchCommand command)
    {
        // The reader stands at the first rows: those of the last, where none of the others returns any.
        return Take(command).ExecuteReader();
    }

    /// <returns>The number of rows that the last one changed.</returns>
    public int Execute(NpgsqlBatchCommand command)
    {
        using var batch = Take(command);
        batch.ExecuteNonQuery();
        return command.RecordsAffected;
    }

    public void Flush()
    {
        if (_waiting.Count > 0)
        {
            using var batch = Take(null);
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

    private NpgsqlBatch Take(NpgsqlBatchCommand? last)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in _waiting)
        {
            batch.BatchCommands.Add(command);
        }
        if (last is not null)
        {
            batch.BatchCommands.Add(last);
        }
        Clear();
        return batch;
    }
}
