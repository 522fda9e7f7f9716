-- Which current or former transactions of one commit credit a rep, where those of the commit are many: an import of a million rows
-- writes some thousands of these and not a million of `crediting`. Whether a transaction is current its own row says.
create table crediting_many (
    tenant integer not null,
    rep integer not null,
    first integer not null,        -- the lowest of the transactions: tells the rows of a rep apart
    txns text not null,            -- by month, JSON: {"739251":[17,20],"739282":[31]}
    primary key (tenant, rep, first)
) without rowid;
