// The reference work in DuckDB, by SQL written for this one plan: node duckdb.mjs FOLDER TIMES
// Prints one line of JSON for each timed run: variant, seconds, sha256 of its output.
// Timed: from loaded tables to the result table, credits included where the variant keeps them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, times] = [process.argv[2], Number(process.argv[3])];
const [reps, managers, directors] = readFileSync(join(folder, 'size.csv'), 'utf8').trim().split(',').map(Number);
const [firstDirector, firstVp] = [reps + managers, reps + managers + directors];
const db = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
const csv = (name, columns) => `read_csv('${join(folder, name)}', header = false, columns = {${columns}})`;

await db.run(`create table line as from ${csv('lines.csv', "'line': 'INTEGER', 'margin_pct': 'BIGINT', 'strategic': 'BIGINT', 'specialist': 'INTEGER'")}`);
await db.run(`create table quota as from ${csv('quotas.csv', "'payee': 'INTEGER', 'month': 'INTEGER', 'q1': 'BIGINT', 'q2': 'BIGINT', 'q3': 'BIGINT'")}`);
await db.run(`create table txn as select id, rep, account, line, date '2025-01-01' + day as day, amount from ${csv('transactions.csv', "'id': 'INTEGER', 'rep': 'INTEGER', 'account': 'INTEGER', 'line': 'INTEGER', 'day': 'INTEGER', 'amount': 'BIGINT'")}`);
await db.run(`create table above as
  select r::integer as rep, m::integer as manager, d::integer as director, (${firstVp} + (d - ${firstDirector}) // 10)::integer as vp
  from (select r, m, ${firstDirector} + (m - ${reps}) // 10 as d from (select range as r, ${reps} + range % ${managers} as m from range(${reps})))`);

// BIGINT sums are HUGEINT in DuckDB; every figure of this work fits 64 bits.
const sums = (from) => `select payee, month, sum(c1)::bigint as c1, sum(c2)::bigint as c2, sum(c3)::bigint as c3 from ${from} group by all`;

const aggregate = `
  with base as materialized (
    select rep, line, month(day)::integer as month, sum(amount)::bigint as amount, count(*) as n from txn group by all
  ), direct as materialized (
    select rep, month, sum(amount * 100)::bigint as c1, sum(strategic * n * 100)::bigint as c2, sum(amount * margin_pct * 100)::bigint as c3
    from base join line using (line) group by all
  ), credit as (
    select rep as payee, month, c1, c2, c3 from direct
    union all select manager, month, c1, c2, c3 from direct join above using (rep)
    union all select director, month, c1, c2, c3 from direct join above using (rep)
    union all select vp, month, c1, c2, c3 from direct join above using (rep)
    union all select specialist, month, amount * 20, strategic * n * 20, amount * margin_pct * 20
      from (select line, month, sum(amount)::bigint as amount, sum(n)::bigint as n from base group by all) join line using (line)
  )
  ${sums('credit')}`;

// Without the intermediate by product line: less work when a rep and month have few rows for each line.
const aggregateByRow = `
  with direct as materialized (
    select rep, month(day)::integer as month, sum(amount)::bigint * 100 as c1, sum(strategic)::bigint * 100 as c2, sum(amount * margin_pct)::bigint * 100 as c3
    from txn join line using (line) group by all
  ), credit as (
    select rep as payee, month, c1, c2, c3 from direct
    union all select manager, month, c1, c2, c3 from direct join above using (rep)
    union all select director, month, c1, c2, c3 from direct join above using (rep)
    union all select vp, month, c1, c2, c3 from direct join above using (rep)
    union all select specialist, month, amount * 20, strategic * n * 20, amount * margin_pct * 20
      from (select line, month(day)::integer as month, sum(amount)::bigint as amount, count(*) as n from txn group by all) join line using (line)
  )
  ${sums('credit')}`;

const ledger = `create or replace table ledger as
  with t as (
    select id, rep, specialist, manager, director, vp, month(day)::tinyint as month, amount as v1, strategic as v2, amount * margin_pct as v3
    from txn join line using (line) join above using (rep)
  )
  select id as tx, unnest([rep, specialist, manager, director, vp]) as payee, unnest([0, 1, 2, 3, 4])::tinyint as kind, month,
    v1 * unnest([100, 20, 100, 100, 100]) as c1, v2 * unnest([100, 20, 100, 100, 100]) as c2, v3 * unnest([100, 20, 100, 100, 100]) as c3
  from t`;

// The same rows by five selections, which DuckDB runs faster or slower than unnest, as the version has it.
const ledgerByUnion = `create or replace table ledger as
  with t as (
    select id, rep, specialist, manager, director, vp, month(day)::tinyint as month, amount as v1, strategic as v2, amount * margin_pct as v3
    from txn join line using (line) join above using (rep)
  )
  select id as tx, rep as payee, 0::tinyint as kind, month, v1 * 100 as c1, v2 * 100 as c2, v3 * 100 as c3 from t
  union all select id, specialist, 1, month, v1 * 20, v2 * 20, v3 * 20 from t
  union all select id, manager, 2, month, v1 * 100, v2 * 100, v3 * 100 from t
  union all select id, director, 3, month, v1 * 100, v2 * 100, v3 * 100 from t
  union all select id, vp, 4, month, v1 * 100, v2 * 100, v3 * 100 from t`;

const band = (c, q) => '(' + [[0, 50, 4], [50, 80, 6], [80, 100, 8], [100, 120, 12], [120, 250, 15]]
  .map(([lo, hi, rate]) => `${rate} * greatest(0, least(${c}, ${hi} * (${q} // 100)) - ${lo} * (${q} // 100))`).join(' + ') + ')';

// Quotas in units of the measures are whole hundreds, so hi * Q / 100 is exact.
const result = (credits) => `create or replace table result as
  with credit as (${credits}), dense as (
    select q.payee, q.month, coalesce(c1, 0) as c1, coalesce(c2, 0) as c2, coalesce(c3, 0) as c3, q1, q2, q3
    from quota q left join credit using (payee, month)
  ), ytd as (
    select payee, month, c1, c2, c3,
      (sum(c1) over w)::bigint as y1, (sum(c2) over w)::bigint as y2, (sum(c3) over w)::bigint as y3,
      (sum(q1) over w)::bigint as s1, (sum(q2) over w)::bigint as s2, (sum(q3) over w)::bigint as s3
    from dense window w as (partition by payee order by month rows unbounded preceding)
  ), earning as (
    select *, 100 * ${band('y1', '(s1 * 10000)')}
      + case when y1 * 5 >= s1 * 40000 then 5000000 * ${band('y2', '(s2 * 100)')} else 0 end
      + ${band('y3', '(s3 * 1000000)')} as earned
    from ytd
  ), paid as (
    select *, earned // 1000000 + case
      when earned % 1000000 > 500000 or (earned % 1000000 = 500000 and (earned // 1000000) % 2 = 1) then 1 else 0 end as paid_ytd
    from earning
  )
  select payee, month, c1, c2, c3, y1 // s1 as a1, 100 * y2 // s2 as a2, y3 // (100 * s3) as a3, earned,
    paid_ytd - coalesce(lag(paid_ytd) over (partition by payee order by month), 0) as payout
  from paid`;

async function time(variant, name, statements) {
  for (let run = 0; run <= times; run++) {
    await db.run('drop table if exists result');
    await db.run('drop table if exists ledger');
    const started = performance.now();
    for (const statement of statements) await db.run(statement);
    const seconds = (performance.now() - started) / 1000;
    // The first run is to warm up, as ours is.
    if (run > 0) yieldResult(variant, name, seconds, run === times ? await checksum() : null);
  }
}

const results = [];
function yieldResult(variant, name, seconds, sha256) {
  results.push({ variant, name, seconds, sha256 });
}

async function checksum() {
  const hash = createHash('sha256');
  const reader = await db.stream('select * from result order by payee, month');
  for (;;) {
    const chunk = await reader.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    hash.update(chunk.getRows().map((row) => row.join(',') + '\n').join(''));
  }
  return hash.digest('hex');
}

await time('agg', 'by line', [result(aggregate)]);
await time('agg', 'by row', [result(aggregateByRow)]);
await time('ledger', 'unnest', [ledger, result(sums('ledger'))]);
await time('ledger', 'union', [ledgerByUnion, result(sums('ledger'))]);

// Of two ways to write a variant the faster one is the peer; both must give the same rows.
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
for (const variant of ['agg', 'ledger']) {
  const names = [...new Set(results.filter((r) => r.variant === variant).map((r) => r.name))];
  const of = (name) => results.filter((r) => r.variant === variant && r.name === name);
  const sums = new Set(names.map((name) => of(name).at(-1).sha256));
  const best = names.toSorted((a, b) => median(of(a).map((r) => r.seconds)) - median(of(b).map((r) => r.seconds)))[0];
  console.error(`DuckDB ${variant}: ` + names.map((n) => `${n} ${median(of(n).map((r) => r.seconds)).toFixed(3)} s`).join(', '));
  for (const run of of(best)) {
    console.log(JSON.stringify({ variant, seconds: run.seconds, sha256: sums.size === 1 ? [...sums][0] : 'differs between ways' }));
  }
}
process.exit(0);
