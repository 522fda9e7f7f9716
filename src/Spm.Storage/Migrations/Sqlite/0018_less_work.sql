-- Which tenants have a month that is closing is asked every other second: records may be a million, and months are few.
create index record_of_months on record (tenant) where kind = 'period' and ended_at is null;
