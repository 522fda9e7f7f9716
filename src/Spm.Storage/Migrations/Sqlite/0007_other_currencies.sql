-- Transactions in another currency than the company's bear a flag: a change of rates finds those it converts without reading all others.
update txn set flags = flags | 8 where currency <> coalesce(
    (select json_extract(record.body, '$.currency') from record where record.tenant = txn.tenant and record.kind = 'company' and record.ended_at is null), 'USD');
create index txn_in_other_currency on txn (tenant, currency, day) where flags & 8 <> 0 and ended_at is null;
