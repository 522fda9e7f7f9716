using Spm.Platform.Imports;

namespace Spm.Platform.Tests.Imports;

public sealed class ImportFilesTests
{
    // Of a host that goes on with the job of another one and has received nothing itself.
    [Fact]
    public void A_file_that_is_in_another_host_s_folder_need_not_be_removed_here()
    {
        var folder = Directory.CreateTempSubdirectory("spm-files-");

        new ImportFiles(Path.Combine(folder.FullName, "imports")).Delete("imp_another");

        Assert.Empty(folder.GetFileSystemInfos());
        folder.Delete();
    }
}
