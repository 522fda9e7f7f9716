using System.Text;

namespace Spm.GraphQL.Language;

/// <summary>Text whose new lines begin with the indentation of the moment. A block string within is indented with the rest.</summary>
internal sealed class IndentedText
{
    private readonly StringBuilder _text = new();
    private int _indent;

    public IndentedText Write(string text)
    {
        if (_indent == 0 || !text.Contains('\n'))
        {
            _text.Append(text);
            return this;
        }
        foreach (var c in text)
        {
            _text.Append(c);
            if (c == '\n')
            {
                _text.Append(' ', _indent * 2);
            }
        }
        return this;
    }

    /// <summary>Ends a line without beginning another, so that a blank line has no indentation.</summary>
    public IndentedText EndLine()
    {
        _text.Append('\n');
        return this;
    }

    public IndentedText Joined<T>(ImmutableArray<T> nodes, string separator, Action<IndentedText, T> write)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            if (i > 0)
            {
                Write(separator);
            }
            write(this, nodes[i]);
        }
        return this;
    }

    /// <summary>Nodes on lines of their own, indented between an opening and a closing.</summary>
    public IndentedText Block<T>(string open, ImmutableArray<T> nodes, string close, Action<IndentedText, T> write) =>
        Indented(open, () => Write("\n").Joined(nodes, "\n", write), close);

    /// <summary>Whatever the body writes, indented between an opening and a closing that has a line of its own.</summary>
    public IndentedText Indented(string open, Action body, string close)
    {
        Write(open);
        _indent++;
        body();
        _indent--;
        return Write("\n").Write(close);
    }

    public override string ToString() => _text.ToString();
}
