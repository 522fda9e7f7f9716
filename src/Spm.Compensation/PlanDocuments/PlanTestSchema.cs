using Spm.Compensation.Periods;
using Spm.Compensation.PlanTests;
using Spm.Compensation.Quotas.Leave;

namespace Spm.Compensation.PlanDocuments;

/// <summary>The schema of a test in a plan document.</summary>
internal static class PlanTestSchema
{
    private const string Facts = """
        {"type": "object", "additionalProperties": {"type": ["number", "string", "boolean"], "maxLength": 4000}, "description": "Facts by name; a text like 2025-01-31 is a date."}
        """;

    private static string OfRep { get; } = SchemaParts.Text("Id of the rep. Default: the first of the test.");

    private static string Period { get; } = SchemaParts.Text("A month (2025-01), quarter (2025-Q1), half-year (2025-H1) or year (2025) of the test.");

    public static string Test => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["name", "expect"],
          "properties": {
            "name": {{SchemaParts.Text("The rule that the test shows.")}},
            "source": {{SchemaParts.Text("Where the figures come from.")}},
            "note": {{SchemaParts.Note}},
            "years": {"type": "array", "maxItems": {{TestCalendarReader.MaxYears}}, "items": {"oneOf": [{{SchemaParts.Day("The first day of a fiscal year of twelve months, the first of a month.")}}, {{Weeks}}]}, "description": "Default: the calendar years of the transactions."},
            "rep": {{Rep(false)}},
            "reps": {"type": "array", "minItems": 1, "description": "In place of rep: several, each with an id.", "items": {{Rep(true)}}},
            "quotas": {"type": "array", "items": {{Quota}}, "description": "Quotas that were set."},
            "transactions": {"type": "array", "items": {{Transaction}}, "description": "What happened, in any order."},
            "adjustments": {"type": "array", "items": {{Adjustment}}, "description": "Manual changes of payouts."},
            "costs": {"type": "array", "items": {{Cost}}, "description": "Costs that stand beside contracts."},
            "fx_rates": {"type": "array", "items": {{Rate}}, "description": "Rates of other currencies."},
            "expect": {"type": "array", "minItems": 1, "items": {{Expectation}}, "description": "Figures that must come out."}
          }
        }
        """;

    private static string Weeks => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["start", "pattern"], "description": "A fiscal year of whole weeks.",
          "properties": {
            "start": {{SchemaParts.Day("Its first day.")}},
            "pattern": {{SchemaParts.OneOf("What the periods are: three a quarter with so many weeks, or each of four weeks, two or one. They are named as months are: 2025-01, and are what is paid.", FiscalYearPattern.Patterns)}},
            "weeks": {"type": ["integer", "string"], "minimum": 52, "maximum": 53, "default": 52, "description": "The last of 53 belongs to the last period."},
            "id": {{SchemaParts.Text("Names the year. Default: the year of its first day.")}}
          }
        }
        """;

    private static string Quota => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["measure", "period", "amount"],
          "properties": {
            "rep": {{OfRep}},
            "measure": {{SchemaParts.Text("Id of a measure.")}},
            "period": {{Period}},
            "amount": {"type": ["number", "string"], "exclusiveMinimum": 0, "description": "Of the whole period, in units of the measure, above 0."},
            "from": {{SchemaParts.Day("Set anew from this day of the period on: each amount counts for its days.")}}
          }
        }
        """;

    private static string Transaction => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["date"],
          "properties": {
            "id": {{SchemaParts.Text("Default: T and its number in the list.")}},
            "deal": {{SchemaParts.Text("The deal it belongs to. Default: its own id.")}},
            "date": {{SchemaParts.Day("Its day.")}},
            "kind": {{SchemaParts.Text("order, invoice, refund, payment, cancellation, or a kind of your own. Default: order.")}},
            "rep": {{OfRep}},
            "credit": {{SchemaParts.OneOf("How it is credited.", SchemaParts.Credits, "direct")}},
            "share": {{SchemaParts.Figure("The rep's percent of it. Default: 100.")}},
            "splits": {
              "type": "array", "description": "Several reps in parts that sum to 100 %. Later transactions of the deal that name no rep are split likewise.",
              "items": {
                "type": "object", "additionalProperties": false, "required": ["rep", "percent"],
                "properties": {
                  "rep": {{SchemaParts.Text("Id of a rep of the test.")}},
                  "percent": {"type": ["number", "string"], "exclusiveMinimum": 0, "maximum": 100, "description": "At most four decimals."}
                }
              }
            },
            "amount": {{SchemaParts.Figure("In its currency. A refund takes it back, written with a minus or without. Default: 0.")}},
            "quantity": {{SchemaParts.Figure("Units. A refund takes them back, written with a minus or without. Default: 0.")}},
            "margin": {{SchemaParts.Figure("In its currency; a refund's has the sign that its amount is written with. Left out: not known.")}},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217. Default: the plan's."},
            "product": {{SchemaParts.Text("Its product.")}},
            "account": {{SchemaParts.Text("Its customer.")}},
            "territory": {{SchemaParts.Text("Its territory.")}},
            "facts": {{Facts}},
            "note": {{SchemaParts.Note}}
          }
        }
        """;

    private static string Adjustment => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["period", "amount", "reason"],
          "properties": {
            "rep": {{OfRep}},
            "period": {{SchemaParts.Text("The month in which it is paid: 2025-01.")}},
            "amount": {{SchemaParts.Figure("In the plan's currency; negative takes away.")}},
            "reason": {{SchemaParts.Text("Why.")}}
          }
        }
        """;

    private static string Cost => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["date", "name", "amount"],
          "properties": {
            "rep": {{OfRep}},
            "date": {{SchemaParts.Day("When it was incurred.")}},
            "name": {{SchemaParts.Text("What it was for.")}},
            "amount": {{SchemaParts.Figure("In the plan's currency.")}},
            "only_if_obtained": {{SchemaParts.Truth("It would not have been incurred without the contract.", true)}},
            "expected_to_be_recovered": {{SchemaParts.Truth("By what the customer will pay.", true)}}
          }
        }
        """;

    private static string Rate => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["from", "day", "rate"],
          "properties": {
            "from": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "The other currency."},
            "to": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "The currency it becomes. Default: the plan's."},
            "day": {{SchemaParts.Day("The rate's day.")}},
            "rate": {"type": ["number", "string"], "exclusiveMinimum": 0, "description": "Units of it for one of the other."}
          }
        }
        """;

    private static string Expectation => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["period", "is"],
          "properties": {
            "rep": {{OfRep}},
            "period": {{Period}},
            "component": {{SchemaParts.Text("Id of a component. Left out: the payout as a whole.")}},
            "deal": {{SchemaParts.Text("One deal's part in the component's incentive.")}},
            "figure": {{SchemaParts.OneOf<Figure>("Which figure. Default: incentive of a component, payout without one.")}},
            "is": {"type": ["number", "string", "null"], "description": "The figure, compared at as many decimals as are written; null: it is not known."},
            "decimals": {"type": ["integer", "string"], "minimum": 0, "maximum": 28, "description": "Decimals to compare at, half to even. Default: those that are written."},
            "note": {{SchemaParts.Note}}
          }
        }
        """;

    private static string Rep(bool withId) => $$"""
        {
          "type": "object", "additionalProperties": false, {{(withId ? "\"required\": [\"id\"], " : "")}}"description": "Who is paid.",
          "properties": {
            "id": {{SchemaParts.Text(withId ? "Names the rep in the test." : "Names the rep in the test. Default: rep.")}},
            "title": {{SchemaParts.Text("The rep's title.")}},
            "territory": {{SchemaParts.Text("The rep's territory.")}},
            "manager": {{SchemaParts.Text("Id of the rep to whom this one reports. Groups ask for it, and what is earned below arrives as roll-up credits of the kind earning.")}},
            "hired_on": {{SchemaParts.Day("The first day with the company.")}},
            "left_on": {{SchemaParts.Day("The first day no more with the company.")}},
            "target_incentive": {{SchemaParts.Figure("Of a fiscal year, in the plan's currency.")}},
            "base_salary": {{SchemaParts.Figure("Of a fiscal year, in the plan's currency.")}},
            "leave": {{LeaveRange.Schema}},
            "scores": {
              "type": "array", "description": "What goals of scorecards were scored.",
              "items": {
                "type": "object", "additionalProperties": false, "required": ["goal", "period", "score"],
                "properties": {"goal": {{SchemaParts.Text("Id of the goal.")}}, "period": {{Period}}, "score": {{SchemaParts.Figure("In the unit of the goal.")}}}
              }
            },
            "facts": {{Facts}}
          }
        }
        """;
}
