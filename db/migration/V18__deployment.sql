-- Who this database is, for what is shared with others: a bucket's files belong to one database.
create table deployment (
    id uuid primary key
);

insert into deployment (id) values (gen_random_uuid());
