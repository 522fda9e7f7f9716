namespace Spm.Storage;

/// <summary>
/// Where the SQL of the two stores differs. Slices write one text for both; the few expressions that neither would take from the other stand
/// here. What is not SQL (locks, copying, partitions) is a matter of <see cref="SqlSession"/>.
/// </summary>
public abstract class Dialect
{
    /// <summary>A condition: false where a sum of two columns is more than 64 bits hold and the store would go on without a word.</summary>
    public abstract string Fits(string sum);

    /// <summary>A table of one column, `value`: the numbers in the list that stands under a key of a JSON object.</summary>
    /// <param name="key">An expression; a number is taken for its digits.</param>
    public abstract string NumbersIn(string json, string key);
}
