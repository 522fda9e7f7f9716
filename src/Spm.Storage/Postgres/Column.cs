using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Spm.Storage.Postgres;

/// <summary>What was bound to one parameter of a statement, row by row: numbers, or text.</summary>
internal sealed class Column
{
    private readonly List<long> _numbers = [];
    private readonly List<string?> _texts = [];
    private HashSet<int>? _empty;

    /// <summary>A parameter is a number in every row or text in every row.</summary>
    public bool IsNumber { get; private set; }

    public void Add(long value)
    {
        IsNumber = true;
        _numbers.Add(value);
    }

    public void Add(long? value)
    {
        if (value is null)
        {
            (_empty ??= []).Add(_numbers.Count);
        }
        Add(value ?? 0);
    }

    public void Add(string? value)
    {
        if (IsNumber)
        {
            throw new InvalidOperationException("A parameter is a number in every row or text in every row.");
        }
        _texts.Add(value);
    }

    /// <summary>The type stays: it is the statement's.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _texts.Clear();
        _empty = null;
    }

    public NpgsqlParameter At(int row) =>
        !IsNumber ? Parameter(NpgsqlDbType.Text, (object?)_texts[row] ?? DBNull.Value)
        : _empty?.Contains(row) == true ? Parameter(NpgsqlDbType.Bigint, DBNull.Value)
        : new NpgsqlParameter<long> { TypedValue = _numbers[row], NpgsqlDbType = NpgsqlDbType.Bigint };

    public NpgsqlParameter All() =>
        !IsNumber ? Parameter(NpgsqlDbType.Array | NpgsqlDbType.Text, _texts.ToArray())
        : _empty is null ? Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bigint, _numbers.ToArray())
        : Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bigint, _numbers.Select((n, row) => _empty.Contains(row) ? (long?)null : n).ToArray());

    public void Write(NpgsqlBinaryImporter writer, int row)
    {
        if (!IsNumber && _texts[row] is { } text)
        {
            writer.Write(text, NpgsqlDbType.Text);
        }
        else if (!IsNumber || _empty?.Contains(row) == true)
        {
            writer.WriteNull();
        }
        else
        {
            writer.Write(CollectionsMarshal.AsSpan(_numbers)[row], NpgsqlDbType.Bigint);
        }
    }

    private static NpgsqlParameter Parameter(NpgsqlDbType type, object value) => new() { NpgsqlDbType = type, Value = value };
}
