using Microsoft.OpenApi;

namespace Spm.Host;

/// <summary>What belongs to the document as a whole, and its order: the same document whatever order endpoints were found in.</summary>
internal static class OpenApiDocuments
{
    private const string Bearer = "bearer";

    private const string About = """
        Compensation of sales reps from transactions: crediting, attainment, incentives, payouts and their ledger.

        - Decimals are strings with a point (`format: decimal`), never floats; percent values and rates are in percent.
        - Periods are fiscal: a month `2025-03`, a quarter `2025-Q1`, a year `2025`. Ranges include `from` and exclude `to`.
        - A reference (rep, manager, account, territory, measure, plan) is an id or an external id.
        - Lists are paged by cursor. Unknown fields of a request are refused; unknown fields of an answer must be tolerated, and so must
          unknown values of an enumeration.
        - Errors are `application/problem+json`; `code` names the rule that was broken and `GET /errors/{code}` explains it.
        """;

    // In the order in which a reader needs them.
    private static readonly (string Name, string Description)[] Tags =
    [
        ("Company", "The tenant's own settings."),
        ("Calendar", "Fiscal years with their quarters and months."),
        ("Periods", "Closing and reopening fiscal months."),
        ("Measures", "The quantities tracked: what of a transaction counts."),
        ("Plans", "Versioned, effective-dated sets of components."),
        ("Reps", "Everybody in the compensation system, with dated managers and plans."),
        ("Territories", "A tree of coverage, with dated owners and overlays."),
        ("Accounts", "Customers and prospects, in dated territories."),
        ("Quotas", "Targets of a measure for a rep in a period."),
        ("Exchange rates", "What other currencies are worth in the company's, from a day on."),
        ("Transactions", "Compensable events from source systems, versioned and credited."),
        ("Imports", "Files of records and transactions, loaded as jobs with a result for every row."),
        ("Connections", "Accounts at vendors, read by connectors: what came, what counts, and what differs."),
        ("Performance", "Attainment, incentives and costs as of now."),
        ("Modelling", "What would be, by the engine that pays. Nothing is kept."),
        ("Problems", "What is credited to nobody or earns nothing, and the proof that nothing was lost."),
        ("Payouts", "What reps are due, from trial to paid, and the explanation of every figure."),
        ("Payout batches", "Payouts handed to payroll together, under a lease."),
        ("Payroll", "Pulling approved batches and reporting what was paid."),
        ("Ledger", "Double-entry postings of everything earned and paid."),
        ("Credentials", "API keys: what each may do, how long, and when it was used."),
        ("Webhooks", "Where events are sent as they happen, signed by Standard Webhooks, and what became of each."),
        ("Personal data", "What is kept about one person: all of it, and taking it out for good."),
        ("Changes", "What was written or taken away, in order, for whoever keeps a copy."),
        ("Audit trail", "Who did what, when, and how it stood before and after; chained by hashes."),
        ("Tenants", "The companies of an installation, for its operator."),
    ];

    public static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Spm API",
            Version = "v1",
            Description = About.ReplaceLineEndings("\n"),
            License = new OpenApiLicense { Name = "Apache License 2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The host that serves this document." }];
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "`Authorization: Bearer` with an API key (`spm_…`) or an access token (JWT) of the installation's identity provider. It carries the tenant, and what may be done.",
        });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        var used = document.Paths.Values.SelectMany(p => p.Operations!.Values).SelectMany(o => o.Tags ?? new HashSet<OpenApiTagReference>()).Select(t => t.Name!).ToHashSet();
        document.Tags = new HashSet<OpenApiTag>(
        [
            .. Tags.Where(t => used.Remove(t.Name)).Select(t => new OpenApiTag { Name = t.Name, Description = t.Description }),
            .. used.Order(StringComparer.Ordinal).Select(t => new OpenApiTag { Name = t }),
        ]);
        TellRequestsFromAnswers(document);
        Sort(document);
        OpenApiExamples.Add(document);
        return Task.CompletedTask;
    }

    /// <summary>Unknown fields of requests are refused, those of answers must be tolerated.</summary>
    private static void TellRequestsFromAnswers(OpenApiDocument document)
    {
        HashSet<string> sent = new(StringComparer.Ordinal);
        foreach (var body in document.Paths.Values.SelectMany(p => p.Operations!.Values).Select(o => o.RequestBody).OfType<IOpenApiRequestBody>())
        {
            foreach (var media in body.Content!.Values)
            {
                Reach(media.Schema, sent);
            }
        }
        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            if (!sent.Contains(name) && schema is OpenApiSchema answer)
            {
                answer.AdditionalPropertiesAllowed = true;
            }
            else if (schema.Required is { } required)
            {
                // In a request, what may be null may be left out.
                required.ExceptWith([.. required.Where(r => schema.Properties![r].Type?.HasFlag(JsonSchemaType.Null) == true)]);
            }
        }
    }

    private static void Reach(IOpenApiSchema? schema, HashSet<string> names)
    {
        if (schema is null || (schema is OpenApiSchemaReference reference && !names.Add(reference.Reference.Id!)))
        {
            return;
        }
        Reach(schema.Items, names);
        foreach (var next in (schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Concat(schema.AllOf ?? []))
        {
            Reach(next, names);
        }
    }

    private static void Sort(OpenApiDocument document)
    {
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            paths.Add(path, item);
            foreach (var operation in item.Operations!.Values)
            {
                var responses = new OpenApiResponses();
                foreach (var (status, response) in operation.Responses!.OrderBy(r => r.Key, StringComparer.Ordinal))
                {
                    responses.Add(status, response);
                }
                operation.Responses = responses;
            }
        }
        document.Paths = paths;
        document.Components!.Schemas = document.Components.Schemas!.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(s => s.Key, s => s.Value);
    }
}
