-- Parts of a stream as they came, written in the commit of the checkpoint that covers them. A part goes in the commit that makes transactions of it.
create table connection_landing (
    connection integer not null,
    no integer not null,
    stream text not null,
    full_read text,                -- the full read that has shown them; null in between
    body text not null,
    primary key (connection, no)
);
