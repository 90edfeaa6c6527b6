-- First answers to requests that create something, for clients that send them again. Without a status, the first is still
-- being answered by its holder, who counts as dead from held_until on.
create table idempotency_key (
    owner        text        not null,
    key          text        not null check (length(key) between 1 and 255),
    fingerprint  text        not null check (fingerprint ~ '^[0-9a-f]{64}$'),
    holder       uuid        not null,
    held_until   timestamptz not null,
    expires_at   timestamptz not null,
    status       int         check (status between 200 and 299),
    location     text,
    content_type text,
    body         bytea,
    primary key (owner, key),
    check ((status is null) = (body is null))
);
create index idempotency_key_expires on idempotency_key (expires_at);
