using System.Globalization;
using Spectre.Console;
using Spm.Cli.Rendering;
using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;

namespace Spm.Cli.Plans;

/// <summary>A plan document from a file, with what is wrong with it.</summary>
internal sealed record PlanFile(FileInfo File, PlanDocument? Document, DocErrors Errors)
{
    /// <summary>Null, after saying so, when the file cannot be read.</summary>
    public static PlanFile? Read(FileInfo file)
    {
        if (Directory.Exists(file.FullName))
        {
            Terminal.CreateForErrors().MarkupLineInterpolated($"[red]error[/] {file.Name}: This is a folder; name the plan documents in it.");
            return null;
        }
        try
        {
            var errors = new DocErrors();
            var document = PlanReader.Read(System.IO.File.ReadAllBytes(file.FullName), errors);
            return new PlanFile(file, document, errors);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Terminal.CreateForErrors().MarkupLineInterpolated($"[red]error[/] {file.Name}: {unreadable.Message}");
            return null;
        }
    }

    /// <summary>False, after a line for each error in the form that editors know (file:line:column), when the document is not a plan.</summary>
    public bool IsPlan(IAnsiConsole console)
    {
        Write(console, File, Errors);
        return Document is not null;
    }

    public static void Write(IAnsiConsole console, FileInfo file, DocErrors errors)
    {
        foreach (var error in errors.All)
        {
            console.WritePlainLine(string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{error.Line}:{error.Column}: {error.Code}: {error.Detail} ({error.Path})"));
        }
    }
}
