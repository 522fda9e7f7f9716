-- What names a deal is found by it: a refund of a deal that is not here is a problem until the deal comes.
create index txn_by_deal on txn (source, deal) where deal is not null and ended_at is null;

insert into problem (tenant, code, txn, rep, month, day, amount, currency)
select t.tenant, 'deal_unknown', t.seq, t.rep, t.month, t.day, t.amount, t.currency
from txn t
where t.deal is not null and t.deal <> t.external_id and t.ended_at is null and t.flags & 2 = 0 and t.kind >= 2
    and not exists (select 1 from txn d where d.source = t.source and d.external_id = t.deal and d.ended_at is null and d.flags & 2 = 0);
