-- Payout lines that a connection has been told to hand to payroll. They are `unknown` before the first byte leaves: until it is told what became of them,
-- nothing of the batch is sent again.
create table connection_line (
    connection integer not null,
    line text not null,
    batch text not null,
    state text not null,
    reference text,
    detail text,
    at integer not null,
    primary key (connection, line)
) without rowid;
create index connection_line_by_batch on connection_line (connection, batch, line);
