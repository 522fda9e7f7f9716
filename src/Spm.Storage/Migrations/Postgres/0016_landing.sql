-- Parts of a stream as they came, written in the commit of the checkpoint that covers them. A part goes in the commit that makes transactions of it.
create table connection_landing (
    connection bigint not null,
    no bigint not null,
    stream text collate "C" not null,
    full_read text collate "C",    -- the full read that has shown them; null in between
    body text collate "C" not null,
    primary key (connection, no)
);
