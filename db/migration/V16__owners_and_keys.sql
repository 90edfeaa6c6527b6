-- Whose it is. What was there before anybody had to say who they are belongs to the server itself.
alter table subject add column owner text not null default 'local';
alter table job add column owner text not null default 'local';
alter table evaluation add column owner text not null default 'local';
alter table adapter add column owner text not null default 'local';
alter table subject alter column owner drop default;
alter table job alter column owner drop default;
alter table evaluation alter column owner drop default;
alter table adapter alter column owner drop default;
create index job_of_owner on job (owner, created_at desc, id desc);
create index job_unfinished_of_owner on job (owner) where completed_at is null;
create index adapter_of_owner on adapter (owner, created_at desc, id desc);

-- Of a key only the hash of its secret part is kept; the prefix finds it.
create table api_key (
    id           uuid        primary key,
    prefix       text        not null unique,
    secret_hash  bytea       not null check (length(secret_hash) = 32),
    name         text        not null,
    owner        text        not null,
    scopes       text[]      not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz
);
create index api_key_newest_first on api_key (created_at desc, id desc);

-- What links to images and files are signed with. A former key verifies until the last link that it signed is over.
create table link_key (
    id         text        primary key,
    secret     bytea       not null,
    created_at timestamptz not null,
    retired_at timestamptz
);
create unique index link_key_present on link_key ((true)) where retired_at is null;

-- How much each owner has left of each limit, shared by all API processes. The columns are the limiter's own.
create table rate_bucket (
    id         text primary key,
    state      bytea,
    expires_at bigint
);
