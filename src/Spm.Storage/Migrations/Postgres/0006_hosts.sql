-- The processes over this store. A host that has gone writes nothing any more, whether it knows or not.
create sequence host_no;
create table host (
    no bigint primary key,
    address text collate "C",
    started_at bigint not null,
    gone bigint not null,
    ended_at bigint                -- when it was noticed, by the clock of the server; 0: it said so itself
);

-- Which of them has a tenant in its memory and answers for it.
create table tenant_host (
    tenant bigint primary key,
    host bigint not null references host(no)
);
