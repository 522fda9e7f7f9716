using Spectre.Console;
using Spm.Cli.Rendering;
using Spm.Client;
using Spm.Samples;
using Spm.Samples.Quickstart;

// The platform's whole flow in one file: set up, load, look, explain, close, pay, prove.
// Everything below goes through the public REST API; the company comes from Company.cs.
//   dotnet run --project samples/Quickstart                   ends with the API left running until Ctrl+C
//   dotnet run --project samples/Quickstart -- --once         ends by itself
//   dotnet run --project samples/Quickstart -- --data FOLDER  keeps the data in a new folder
if (!QuickstartOptions.TryParse(args, out var options))
    return QuickstartOptions.Usage();

var story = new Narrator(Terminal.Create());
using var data = options.Data is { } folder ? DataFolder.Kept(folder) : DataFolder.Temporary();
await using var platform = await PlatformInProcess.StartAsync(Path.Combine(data.Path, "store"));
using var spm = new SpmClient(platform.Url, platform.ApiKey);
var ct = platform.Stopping;

try
{
    story.Chapter("A company");
    var company = new Company(seed: 2025);
    var files = CompanyFiles.Write(company, Path.Combine(data.Path, "feed"));
    story.Say($"{Company.Name}: {company.People.Count} people, {company.Accounts.Count} accounts, fiscal year {Company.Year}");

    await spm.Setup.PutCompanyAsync(new CompanyBody(Company.Name, Company.Currency), ct);
    await spm.Calendar.PutYearAsync($"{Company.Year}", new FiscalYearBody { Start = Company.YearStart }, ct);
    foreach (var (id, measure) in CompanyPlans.Measures)
        await spm.Setup.PutMeasureAsync(Company.CrmSource, id, measure, ct);
    foreach (var (id, plan) in CompanyPlans.Plans)
        await spm.Setup.PutPlanAsync(Company.CrmSource, id, plan, ct);
    story.Say($"{CompanyPlans.Measures.Count} measures and {CompanyPlans.Plans.Count} plans in force from {Company.YearStart:yyyy-MM-dd}");

    story.Chapter("Its files are loaded");
    var jobs = await ImportBars.RunAsync(story.Console,
    [
        Import(ImportEntity.Reps, Company.HrSource, files.Reps),
        Import(ImportEntity.Territories, Company.CrmSource, files.Territories),
        Import(ImportEntity.Accounts, Company.CrmSource, files.Accounts),
        Import(ImportEntity.Quotas, Company.CrmSource, files.Quotas),
        Import(ImportEntity.Transactions, Company.CrmSource, files.Transactions),
    ]);

    foreach (var job in jobs.SkipLast(1).Where(job => job.Rows.Rejected > 0))
    {
        story.Say($"The {job.Entity} should all have been accepted:");
        story.Console.Write(RejectedRows.Each(await spm.Imports.RejectedAsync(job.Id, ct).ToListAsync(ct)));
        return 1;
    }

    story.Chapter("Rows that were refused, by reason");
    var rejected = await spm.Imports.RejectedAsync(jobs[^1].Id, ct).ToListAsync(ct);
    story.Console.Write(RejectedRows.ByCode(rejected));
    story.Say($"[grey]Every refused row can be corrected and sent again: PUT /v1/imports/{jobs[^1].Id}/rows/{{row}}[/]");

    story.Chapter("Accepted, but worth a look");
    story.Console.Write(ProblemTable.Summary(await spm.Results.ProblemSummaryAsync(ct).ToListAsync(ct)));

    story.Chapter("What everyone sold and earned");
    var reps = await spm.Results.RepPerformanceAsync($"{Company.Year}", ct).ToListAsync(ct);
    story.Console.Write(RepTable.Of(reps, $"{Company.Year}", take: 25));

    story.Chapter("Why one of them is paid that much");
    var month = $"{Company.Year}-01";
    var sellers = reps.Where(rep => rep.Rep.Title?.EndsWith("Account Executive") == true).Select(rep => rep.Rep.Id).ToHashSet();
    var payouts = await spm.Payouts.ListAsync(month, ct: ct).Where(payout => sellers.Contains(payout.Rep.Id)).ToListAsync(ct);
    var payout = payouts.MaxBy(candidate => candidate.Amount.Amount)!;
    story.Console.Write(ExplainTree.Of(await spm.Payouts.ExplainAsync(payout.Id, ct), credits: 4));

    story.Chapter($"{month} is closed, approved, and paid by payroll");
    await spm.Calendar.CloseAsync(month, ct);
    var batch = await spm.Batches.CreateAsync(month, ct: ct);
    var seen = await spm.Batches.GetAsync(batch.Id, ct);
    await spm.Batches.ApproveAsync(batch.Id, seen.ETag!, ct);
    story.Say($"Batch {batch.Id} is approved.");
    await PayrollPullsAsync();

    story.Chapter("The books");
    story.Console.Write(TrialBalanceTable.Of(await spm.Ledger.TrialBalanceAsync(ct: ct)));

    if (options.Once)
        return 0;
    story.Chapter("The API stays up until Ctrl+C");
    story.Say($"API         {platform.Url}");
    story.Say($"Swagger UI  {new Uri(platform.Url, "swagger")}");
    story.Say($"OpenAPI     {new Uri(platform.Url, "openapi.json")}");
    story.Say($"GraphQL     {new Uri(platform.Url, "graphql")}");
    story.Say($"API key     {platform.ApiKey}");
    story.Say($"Files       {data.Path}");
    story.Say($"[grey]For the spm command:[/]");
    story.Say($"export SPM_URL={platform.Url} SPM_API_KEY={platform.ApiKey}");
    story.Say($"dotnet run --project src/Spm.Cli -- reps --period {Company.Year}-Q4");
    await platform.WaitForCtrlCAsync();
    return 0;
}
catch (SpmProblemException refused)
{
    ProblemView.Write(Terminal.CreateForErrors(), refused);
    return 1;
}
catch (OperationCanceledException) when (ct.IsCancellationRequested)
{
    return 130;
}

ImportStep Import(string entity, string source, string file) =>
    new(entity, progress => spm.Imports.ImportFileAsync(entity, source, file, progress, ct: ct));

// Payroll comes at its own pace: it looks for approved batches, leases one, and reports line by line.
async Task PayrollPullsAsync()
{
    await foreach (var approved in spm.Batches.ListAsync("approved", ct))
    {
        var claim = await spm.Batches.ClaimAsync(approved.Id, lease: TimeSpan.FromMinutes(15), ct: ct);
        var paid = claim.Lines.Select((line, i) => LineResult.Paid(line.Id, $"{approved.Period}/{i + 1:000}")).ToList();
        var after = await spm.Batches.AckAsync(approved.Id, claim.Claim, paid, ct: ct);
        var total = new Money(claim.Lines.Sum(line => line.Amount.Amount), Company.Currency);
        story.Say($"Payroll claimed {approved.Id}, paid {paid.Count} lines, [bold]{total}[/] in all; the batch is now {after.Status}.");
    }
}
