-- Where a file held two versions of a transaction, rows of the older one were left behind.
delete from crediting where txn in (select seq from txn where ended_at is not null);
