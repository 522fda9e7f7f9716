using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Spm.Storage.Postgres;

/// <summary>What was bound to one parameter of a statement, row by row: numbers, or text, or bytes.</summary>
internal sealed class Column
{
    private readonly List<long> _numbers = [];

    /// <summary>A text is a string, or UTF-8 where it came as that.</summary>
    private readonly List<object?> _others = [];
    private HashSet<int>? _empty;
    private NpgsqlDbType _type = NpgsqlDbType.Text;

    /// <summary>A parameter is of one type in every row.</summary>
    public string Type => _type switch { NpgsqlDbType.Bigint => "bigint", NpgsqlDbType.Bytea => "bytea", _ => "text" };

    private bool IsNumber => _type == NpgsqlDbType.Bigint;

    /// <summary>The arguments of many calls, by their places.</summary>
    public static Column[] Of(IReadOnlyList<object?[]> calls)
    {
        var columns = Array.ConvertAll(calls[0], _ => new Column());
        foreach (var call in calls)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                switch (call[i])
                {
                    case int number:
                        columns[i].Add(number);
                        break;
                    case long number:
                        columns[i].Add(number);
                        break;
                    case string text:
                        columns[i].Add(text);
                        break;
                    default:
                        throw new InvalidOperationException("What is asked for many at once is a number or a text.");
                }
            }
        }
        return columns;
    }

    public void Add(long value)
    {
        Become(NpgsqlDbType.Bigint);
        _numbers.Add(value);
    }

    public void Add(byte[] value)
    {
        Become(NpgsqlDbType.Bytea);
        _others.Add(value);
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
        Become(NpgsqlDbType.Text);
        _others.Add(value);
    }

    /// <summary>UTF-8; null when it is empty.</summary>
    public void AddText(ReadOnlySpan<byte> text)
    {
        Become(NpgsqlDbType.Text);
        _others.Add(text.IsEmpty ? null : text.ToArray());
    }

    /// <summary>The type stays: it is the statement's.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _others.Clear();
        _empty = null;
    }

    public NpgsqlParameter At(int row) =>
        !IsNumber ? Parameter(_type, Object(row) ?? DBNull.Value)
        : _empty?.Contains(row) == true ? Parameter(NpgsqlDbType.Bigint, DBNull.Value)
        : new NpgsqlParameter<long> { TypedValue = _numbers[row], NpgsqlDbType = NpgsqlDbType.Bigint };

    public NpgsqlParameter All() =>
        _type == NpgsqlDbType.Bytea ? Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bytea, _others.Cast<byte[]>().ToArray())
        : !IsNumber ? Parameter(NpgsqlDbType.Array | NpgsqlDbType.Text, Enumerable.Range(0, _others.Count).Select(row => (string?)Object(row)).ToArray())
        : _empty is null ? Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bigint, _numbers.ToArray())
        : Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bigint, _numbers.Select((n, row) => _empty.Contains(row) ? (long?)null : n).ToArray());

    public void Write(BinaryCopy copy, int row)
    {
        if (IsNumber && _empty?.Contains(row) != true)
        {
            copy.Write(_numbers[row]);
        }
        else if (IsNumber || _others[row] is not { } value)
        {
            copy.WriteNull();
        }
        else if (value is string text)
        {
            copy.Write(text);
        }
        else
        {
            copy.Write((byte[])value);
        }
    }

    private object? Object(int row) => _type == NpgsqlDbType.Text && _others[row] is byte[] text ? Encoding.UTF8.GetString(text) : _others[row];

    private void Become(NpgsqlDbType type)
    {
        if (_type != type && (_type != NpgsqlDbType.Text || _others.Count > 0))
        {
            throw new InvalidOperationException("A parameter is of one type in every row.");
        }
        _type = type;
    }

    private static NpgsqlParameter Parameter(NpgsqlDbType type, object value) => new() { NpgsqlDbType = type, Value = value };
}
