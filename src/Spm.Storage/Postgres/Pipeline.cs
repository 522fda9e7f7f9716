using System.Runtime.ExceptionServices;
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

    /// <summary>By its place in the queue, what takes the rows of a statement that waits and has some.</summary>
    private readonly List<(int Place, Action<NpgsqlDataReader> Take)> _asked = [];

    private bool _begins;

    /// <summary>Why nothing more is sent until <see cref="Clear"/>: the check failed, or what it looks at never came.</summary>
    private Exception? _refusal;

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(NpgsqlBatchCommand command)
    {
        if (_waiting.Count >= MaxWaiting)
        {
            Flush();
        }
        _waiting.Add(command);
    }

    /// <summary>Begins anew with these. Whatever is sent together with them has its results only once the check has seen theirs.</summary>
    /// <param name="check">Is given the reader at the first rows that these return, and leaves it at the last.</param>
    public void Begin(IEnumerable<NpgsqlBatchCommand> commands, Action<NpgsqlDataReader> check)
    {
        Clear();
        _waiting.AddRange(commands);
        _asked.Add((0, check));
        _begins = true;
    }

    /// <param name="take">Is given the reader at the rows that it returns, once it is sent.</param>
    public void Ask(NpgsqlBatchCommand command, Action<NpgsqlDataReader> take)
    {
        Add(command);
        _asked.Add((_waiting.Count - 1, take));
    }

    /// <summary>The reader stands at the rows of the first of these, where nothing that was added returns any.</summary>
    public NpgsqlDataReader Read(IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        if (_refusal is not null)
        {
            ExceptionDispatchInfo.Throw(_refusal);
        }
        var (asked, isChecked) = (_asked.ToArray(), !_begins);
        var batch = Take(commands);
        NpgsqlDataReader? reader = null;
        try
        {
            reader = batch.ExecuteReader();
            foreach (var (_, take) in asked)
            {
                take(reader);
                // A statement that fails behind the check fails by itself.
                isChecked = true;
                reader.NextResult();
            }
            return reader;
        }
        catch (Exception failure)
        {
            _refusal = isChecked ? null : failure;
            reader?.Dispose();
            throw;
        }
    }

    /// <returns>The number of rows that each of these changed.</returns>
    public int[] Execute(IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        using var reader = Read(commands);
        while (reader.NextResult())
        {
        }
        return [.. commands.Select(c => c.RecordsAffected)];
    }

    public void Flush()
    {
        if (_waiting.Count > 0)
        {
            Execute([]);
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
        var from = Math.Max(_part, 0);
        _waiting.RemoveRange(from, _waiting.Count - from);
        _asked.RemoveAll(a => a.Place >= from);
        _part = -1;
        return sent;
    }

    public void Clear()
    {
        Empty();
        _refusal = null;
    }

    private NpgsqlBatch Take(IReadOnlyList<NpgsqlBatchCommand> last)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in _waiting.Concat(last))
        {
            batch.BatchCommands.Add(command);
        }
        Empty();
        return batch;
    }

    private void Empty()
    {
        _waiting.Clear();
        _asked.Clear();
        (_part, _begins) = (-1, false);
    }
}
