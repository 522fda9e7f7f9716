using Orleans;

namespace Spm.Platform.Groups;

/// <summary>
/// The groups and shared budgets of one plan, live: what every rep on the plan brings to them, and what each sees of them. Derived from the store; it
/// remembers nothing that could be lost, and asks no other grain.
/// </summary>
public interface IGroupGrain : IGrainWithStringKey
{
    /// <summary>Takes in what was committed for some reps, and the company as it stands now.</summary>
    /// <param name="reps">Numbers of reps whose credits may have changed; others are on the plan or not as it may be.</param>
    /// <returns>Numbers of all reps who see other figures than at the refresh before: they are to be settled.</returns>
    [Alias("refresh")]
    Task<int[]> Refresh(int[] reps);

    /// <summary>What a rep sees, as of the last refresh and under the company as it stands now.</summary>
    [Alias("of")]
    Task<SeenGroups> Of(int rep);
}
