using System.Text;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>Chance with a seed, and text that is broken by it.</summary>
internal sealed class RandomText(int seed)
{
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "!", "$", "@", ":", "=", "|", "&", "...", ".", "..", "\"", "\"\"\"", "'", "#", "# a\n", "\\", "\n", "\r", "\r\n", "\t",
        ",", "-", "0", "01", "1.", "1.5e", "1.5e+3", "-0", "7x", "\u00e9", "\U0001F600", "\uFEFF", "\u0007", "on", "true", "null", "query", "mutation",
        "subscription", "fragment", "extend", "type", "schema", "input", "enum", "a", "__typename", "\"a\\u00e9\"", "\"\\u{1F600}\"", "\"\\uD83D\\uDE00\"",
        "\"\\uD83D\"", "\"\\x\"", "\"\\u{110000}\"", "\"\\u{}\"", "\"\\u12\"", "\"a\nb\"", "\"\"\"a\n   b\n  c\\\"\"\"\n\"\"\"", "\"\"\"\r\n\t x\"\"\"", "$v", "@skip(if: true)",
    ];

    private readonly Random _random = new(seed);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public int Next(int exclusive) => _random.Next(exclusive);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>What separates tokens, in many ways.</summary>
    public string Space() => _random.Next(24) switch
    {
        0 => "\n",
        1 => "\r\n  ",
        2 => " # é 😀 \n",
        3 => ",",
        4 => "\t",
        5 => "\uFEFF",
        _ => " ",
    };

    /// <summary>A few tokens are left out, doubled, moved or replaced.</summary>
    public string Break(string text)
    {
        var tokens = Tokens(text);
        for (var i = 1 + _random.Next(3); i > 0 && tokens.Count > 1; i--)
        {
            var at = _random.Next(tokens.Count);
            switch (_random.Next(5))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[at]);
                    break;
                case 2:
                    var other = _random.Next(tokens.Count);
                    (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                    break;
                case 3:
                    tokens[at] = Pick(Pieces);
                    break;
                default:
                    tokens.Insert(at, Pick(Pieces));
                    break;
            }
        }
        return string.Concat(tokens);
    }

    /// <summary>Tokens in no order.</summary>
    public string Garbage()
    {
        var text = new StringBuilder();
        for (var i = _random.Next(20); i >= 0; i--)
        {
            text.Append(Pick(Pieces)).Append(Chance(0.5) ? " " : "");
        }
        return text.ToString();
    }

    /// <summary>Words, and everything between them character by character.</summary>
    private static List<string> Tokens(string text)
    {
        List<string> tokens = [];
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = Rune.IsLetterOrDigit(rune) || rune.Value == '_';
            if (isWord && tokens.Count > 0 && (char.IsLetterOrDigit(tokens[^1][^1]) || tokens[^1][^1] == '_'))
            {
                tokens[^1] += rune.ToString();
            }
            else
            {
                tokens.Add(rune.ToString());
            }
        }
        return tokens;
    }
}
