using System.Globalization;

namespace Spm.Platform.Transactions;

/// <summary>Writes lists of transactions by month as JSON text: {"739251":[17,20],"739282":[31]}. The transactions of a month are added one after another.</summary>
internal sealed class MonthLists
{
    private byte[] _text = new byte[512];
    private int _length;
    private int _month;

    public void Clear() => _length = 0;

    public void Add(int month, long txn)
    {
        if (_text.Length - _length < 64)
        {
            Array.Resize(ref _text, _text.Length * 2);
        }
        if (_length > 0 && month == _month)
        {
            _text[_length++] = (byte)',';
        }
        else
        {
            Put(_length == 0 ? "{\""u8 : "],\""u8);
            Put(month);
            Put("\":["u8);
            _month = month;
        }
        Put(txn);
    }

    /// <returns>The text as UTF-8, valid until the next one is begun.</returns>
    public ReadOnlySpan<byte> End()
    {
        Put("]}"u8);
        return _text.AsSpan(0, _length);
    }

    private void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private void Put(long number)
    {
        number.TryFormat(_text.AsSpan(_length), out var written, provider: CultureInfo.InvariantCulture);
        _length += written;
    }
}
