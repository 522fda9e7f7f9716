-- Payout lines that a connection has been told to hand to payroll. They are `unknown` before the first byte leaves: until it is told what became of them,
-- nothing of the batch is sent again.
create table connection_line (
    connection bigint not null,
    line text collate "C" not null,
    batch text collate "C" not null,
    state text collate "C" not null,
    reference text collate "C",
    detail text collate "C",
    at bigint not null,
    primary key (connection, line)
);
create index connection_line_by_batch on connection_line (connection, batch, line);
