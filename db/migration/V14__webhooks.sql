-- Where a job's submission wanted to be told of its end.
create table job_webhook (
    job_id uuid primary key references job on delete cascade deferrable initially deferred,
    url    text not null
);

-- What is to be told, written with the change itself. The body is null until it is known who is told.
create table webhook_event (
    id          uuid        primary key,
    job_id      uuid        not null references job on delete cascade,
    type        text        not null check (type in ('job.succeeded', 'job.failed', 'job.canceled')),
    occurred_at timestamptz not null,
    body        text
);
create index webhook_event_job on webhook_event (job_id);
create index webhook_event_new on webhook_event (occurred_at) where body is null;

-- An event on its way to a receiver. Retries count from the last time somebody wanted it delivered, attempts from the
-- first. Whoever changes a row adds to its version; what was found out about an older one is not written.
create table webhook_delivery (
    id              uuid        primary key,
    event_id        uuid        not null references webhook_event on delete cascade,
    url             text        not null,
    status          text        not null check (status in ('pending', 'delivered', 'failed', 'disabled')),
    attempts        int         not null,
    retries         int         not null,
    response_code   int,
    error           text,
    created_at      timestamptz not null,
    attempted_at    timestamptz,
    next_attempt_at timestamptz,
    give_up_at      timestamptz not null,
    version         int         not null,
    unique (event_id, url),
    check ((status = 'pending') = (next_attempt_at is not null))
);
create index webhook_delivery_due on webhook_delivery (next_attempt_at) where status = 'pending';
create index webhook_delivery_disabled on webhook_delivery (url) where status = 'disabled';

-- What the deployment signs with. A former one signs beside the present one until it is retired.
create table webhook_secret (
    secret     text        primary key,
    created_at timestamptz not null,
    retired_at timestamptz
);
create unique index webhook_secret_present on webhook_secret ((true)) where retired_at is null;
