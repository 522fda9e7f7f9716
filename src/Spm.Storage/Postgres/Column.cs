using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Spm.Storage.Postgres;

/// <summary>What was bound to one parameter of a statement, row by row: numbers, or text, or bytes.</summary>
internal sealed class Column
{
    private readonly List<long> _numbers = [];
    private readonly List<string?> _texts = [];
    private readonly List<byte[]> _bytes = [];
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
        _bytes.Add(value);
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
        _texts.Add(value);
    }

    /// <summary>The type stays: it is the statement's.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _texts.Clear();
        _bytes.Clear();
        _empty = null;
    }

    public NpgsqlParameter At(int row) =>
        !IsNumber ? Parameter(_type, Object(row) ?? DBNull.Value)
        : _empty?.Contains(row) == true ? Parameter(NpgsqlDbType.Bigint, DBNull.Value)
        : new NpgsqlParameter<long> { TypedValue = _numbers[row], NpgsqlDbType = NpgsqlDbType.Bigint };

    public NpgsqlParameter All() =>
        _type == NpgsqlDbType.Bytea ? Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bytea, _bytes.ToArray())
        : !IsNumber ? Parameter(NpgsqlDbType.Array | NpgsqlDbType.Text, _texts.ToArray())
        : _empty is null ? Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bigint, _numbers.ToArray())
        : Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bigint, _numbers.Select((n, row) => _empty.Contains(row) ? (long?)null : n).ToArray());

    public void Write(NpgsqlBinaryImporter writer, int row)
    {
        if (_type == NpgsqlDbType.Bytea)
        {
            writer.Write(_bytes[row], NpgsqlDbType.Bytea);
        }
        else if (!IsNumber && _texts[row] is { } text)
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

    private object? Object(int row) => _type == NpgsqlDbType.Bytea ? _bytes[row] : _texts[row];

    private void Become(NpgsqlDbType type)
    {
        if (_type != type && (_type != NpgsqlDbType.Text || _texts.Count > 0))
        {
            throw new InvalidOperationException("A parameter is of one type in every row.");
        }
        _type = type;
    }

    private static NpgsqlParameter Parameter(NpgsqlDbType type, object value) => new() { NpgsqlDbType = type, Value = value };
}
