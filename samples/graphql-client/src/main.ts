// A team's first month through GraphQL: set up a company, post deals, watch a rep's pay change, page, and read a refusal.
// SPM_URL and SPM_KEY say where the platform is and who asks.
import assert from 'node:assert/strict';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { graphql } from './generated/gql.js';

const url = `${process.env['SPM_URL'] ?? 'http://127.0.0.1:5000'}/graphql`;
const headers = { Authorization: `Bearer ${process.env['SPM_KEY'] ?? ''}` };

const urql = new Client({ url, exchanges: [cacheExchange, fetchExchange], fetchOptions: { headers }, requestPolicy: 'network-only', preferGetMethod: false });
const socket = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, connectionParams: headers, lazy: true });

/** What a document asks for, typed by it. Errors of the request are thrown; refusals of mutations are data. */
async function ask<TData, TVariables extends Record<string, unknown>>(document: TypedDocumentNode<TData, TVariables>, variables: TVariables): Promise<TData> {
  const { data, error } = await urql.query(document, variables).toPromise();
  if (error) throw error;
  return data!;
}

async function change<TData, TVariables extends Record<string, unknown>>(document: TypedDocumentNode<TData, TVariables>, variables: TVariables): Promise<TData> {
  const { data, error } = await urql.mutation(document, variables).toPromise();
  if (error) throw error;
  return data!;
}

const setUp = graphql(`
  mutation SetUp($plan: Any!) {
    putCompany(input: { name: "Acme", currency: "USD" }) { userErrors { message } }
    putFiscalYear(input: { year: "2025", start: "2025-01-01" }) { userErrors { message } }
    putMeasure(input: { source: "crm", externalId: "bookings", measure: { name: "Bookings", value: AMOUNT, kinds: [ORDER] } }) { userErrors { message } }
    putPlan(input: { source: "crm", externalId: "ae", document: $plan }) { userErrors { field message } }
    manager: putRep(input: { source: "hris", externalId: "M1", rep: { name: "Mia", title: "Manager" } }) { rep { id } userErrors { message } }
    seller: putRep(input: { source: "hris", externalId: "E1", rep: { name: "Ed", manager: "M1", plan: "ae" } }) { rep { id } userErrors { message } }
    putQuota(input: { rep: "E1", measure: "bookings", period: "2025-01", amount: "1000" }) { userErrors { message } }
  }
`);

const post = graphql(`
  mutation Post($input: PostTransactionInput!) {
    postTransaction(input: $input) { outcome transaction { id amount { amount currency } } userErrors { field message code } }
  }
`);

const team = graphql(`
  query Team($first: Int!, $after: String) {
    reps(first: $first, after: $after) {
      totalCount
      nodes { id name manager { name } payouts(period: "2025-01") { status amount { amount currency } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const watch = graphql(`
  subscription Watch($rep: ID!) {
    repLive(rep: $rep, period: "2025-01") { cursor live { periods { payout { amount currency } } } }
  }
`);

const plan = {
  plan: 'ae', currency: 'USD',
  versions: [{
    effective_from: '2025-01-01',
    measures: [{ id: 'bookings', value: 'amount', kinds: ['order'] }],
    components: [{ id: 'commission', measure: 'bookings', attainment_period: 'month', quota: 'to_date', rate_table: { mode: 'step', tiers: [{ from: '0', to: '100', rate: '5' }, { from: '100', rate: '10' }] } }],
  }],
};

const made = await change(setUp, { plan });
for (const [name, payload] of Object.entries(made)) {
  if (typeof payload === 'object' && payload) assert.deepEqual(payload.userErrors, [], name);
}
const rep = made.seller?.rep?.id;
assert.ok(rep);

const events = socket.iterate<{ repLive: { cursor: string; live: { periods: { payout: { amount: string; currency: string } }[] } } }>({ query: print(watch), variables: { rep } });
const paid = async () => (await events.next()).value?.data?.repLive.live.periods[0]?.payout.amount;
assert.equal(await paid(), '0.00');

const order = { source: 'crm', externalId: 'T1', kind: 'ORDER', date: '2025-01-15', amount: '1234.56', currency: 'USD', rep: 'E1', idempotencyKey: 'first' } as const;
const first = await change(post, { input: order });
assert.equal(first.postTransaction?.outcome, 'CREATED');
assert.deepEqual(await change(post, { input: order }), first);
// 5 % of 1,000 and 10 % of 234.56.
assert.equal(await paid(), '73.46');
await events.return?.();

const refused = await change(post, { input: { ...order, externalId: 'T2', rep: 'nobody', idempotencyKey: 'second' } });
assert.deepEqual(refused.postTransaction?.userErrors.map(e => [e.field, e.code]), [[['input', 'rep'], 'rep_unknown']]);

const names: string[] = [];
let after: string | null | undefined;
do {
  const page: Awaited<ReturnType<typeof readTeam>> = await readTeam(after);
  // A list that the credential may not read is null, with an error beside it; the rest of the answer stands.
  assert.ok(page.reps);
  names.push(...page.reps.nodes.map(n => `${n.name}${n.manager ? ` under ${n.manager.name}` : ''}: ${n.payouts?.map(p => `${p.amount.amount} ${p.amount.currency}`).join() || 'nothing'}`));
  after = page.reps.pageInfo.hasNextPage ? page.reps.pageInfo.endCursor : null;
} while (after);
assert.deepEqual(names, ['Mia: nothing', 'Ed under Mia: 73.46 USD']);

await socket.dispose();
console.log(names.join('\n'));

function readTeam(cursor: string | null | undefined) {
  return ask(team, { first: 1, after: cursor ?? null });
}
