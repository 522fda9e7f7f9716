using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Spm.Platform.Tests.Architecture;

/// <summary>What the pages of the repository promise about themselves and about the code.</summary>
public sealed partial class DocumentTests
{
    /// <summary>Folders of the platform that hold plumbing for all slices. Every other folder is a capability and bears its noun.</summary>
    private static readonly string[] Plumbing = ["Access", "Errors", "Grains", "Graph", "Hosts", "Http", "Kernel"];

    [Fact]
    public void Every_slice_is_named_by_a_noun_of_the_glossary()
    {
        var glossary = File.ReadAllText(Repository.At("docs", "GLOSSARY.md"));
        var nouns = Bold().Matches(glossary).SelectMany(m => m.Groups[1].Value.Split(" / ")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var slices = Directory.GetDirectories(Repository.At("src", "Spm.Platform")).Select(d => Path.GetFileName(d)!).Except([.. Plumbing, "bin", "obj"]);
        Assert.DoesNotContain(slices, slice => !nouns.Contains(Singular(slice)) && !nouns.Contains(slice));
    }

    [Fact]
    public void Every_decision_is_listed()
    {
        var index = File.ReadAllText(Repository.At("docs", "decisions", "README.md"));
        var decisions = Repository.Files("*.md", "docs/decisions").Select(f => Path.GetFileName(f)!).Where(f => f != "README.md").ToArray();
        Assert.NotEmpty(decisions);
        Assert.All(decisions, file => Assert.Contains($"({file})", index));
        Assert.All(decisions, file => Assert.Matches("^[0-9]{4}-[a-z0-9-]+[.]md$", file));
        Assert.Equal(decisions.Length, decisions.DistinctBy(file => file[..4]).Count());
    }

    [Fact]
    public void Every_package_has_a_reason_in_the_decision_on_dependencies()
    {
        var decision = File.ReadAllText(Repository.At("docs", "decisions", "0009-dependencies.md"));
        var packages = XDocument.Load(Repository.At("Directory.Packages.props")).Descendants("PackageVersion").Select(p => p.Attribute("Include")!.Value);
        Assert.All(packages, package => Assert.Contains($"`{package}`", decision));
    }

    [Fact]
    public void Every_link_between_pages_leads_to_a_file()
    {
        var pages = Directory.GetFiles(Repository.Root, "*.md").Select(f => Path.GetFileName(f)!).Concat(Repository.Files("*.md", "docs", "samples", "connectors"));
        foreach (var page in pages)
        {
            foreach (Match link in Link().Matches(File.ReadAllText(Repository.At(page))))
            {
                var target = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link.Groups[1].Value);
                Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {link.Groups[1].Value}, which is not there.");
            }
        }
    }

    /// <summary>"PayoutBatches" is a payout batch.</summary>
    private static string Singular(string folder)
    {
        var words = Hump().Replace(folder, " ");
        return words.EndsWith("ies", StringComparison.Ordinal) ? words[..^3] + "y"
            : words.EndsWith("ches", StringComparison.Ordinal) ? words[..^2]
            : words.TrimEnd('s');
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Hump();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold();

    /// <summary>Relative links, without the part after '#'.</summary>
    [GeneratedRegex(@"\]\((?!https?://|mailto:|#)([^)#\s]+)")]
    private static partial Regex Link();
}
