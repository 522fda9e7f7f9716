using System.Security.Cryptography;
using Spm.Platform.Kernel;

namespace Spm.Platform.Imports;

/// <summary>Where uploads wait for their job. A file without a job is what a broken upload left behind.</summary>
public sealed class ImportFiles(string folder)
{
    public string PathOf(string id) => Path.Combine(folder, id + ".rows");

    /// <summary>Receives an upload onto the disk. The length, or the refusal; nothing stays behind then.</summary>
    /// <param name="hash">Fed with the bytes as they come in.</param>
    public async Task<Result<long>> ReceiveAsync(string id, Stream body, IncrementalHash? hash, CancellationToken cancelled)
    {
        Directory.CreateDirectory(folder);
        var path = PathOf(id);
        var keep = false;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            var buffer = new byte[1 << 18];
            long length = 0;
            int read;
            while ((read = await body.ReadAsync(buffer, cancelled)) > 0)
            {
                length += read;
                if (length > Limits.ImportBytes)
                {
                    return new Error(ErrorCodes.PayloadTooLarge, $"An import has at most {Limits.ImportBytes} bytes.");
                }
                hash?.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancelled);
            }
            file.Flush(flushToDisk: true);
            keep = true;
            return length;
        }
        finally
        {
            if (!keep)
            {
                File.Delete(path);
            }
        }
    }

    public FileStream Open(string id) => new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);

    public void Delete(string id)
    {
        // A host that goes on with the job of another one may have received nothing itself.
        if (Directory.Exists(folder))
        {
            File.Delete(PathOf(id));
        }
    }

    /// <summary>Removes files of no job among those given.</summary>
    /// <param name="writtenBefore">Others are left: of several hosts over one folder another may be receiving them.</param>
    public void Sweep(IReadOnlySet<string> ids, DateTimeOffset writtenBefore)
    {
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.rows").Where(f => !ids.Contains(Path.GetFileNameWithoutExtension(f)) && File.GetLastWriteTimeUtc(f) < writtenBefore))
            {
                File.Delete(file);
            }
        }
    }
}
