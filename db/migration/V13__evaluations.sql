-- Tables of scores over finished jobs: each job with each sampler and number of steps.
create table evaluation (
    id               uuid        primary key,
    spec             jsonb       not null,
    status           text        not null
        check (status in ('queued', 'starting', 'processing', 'succeeded', 'failed', 'canceled')),
    progress_step    int         not null,
    progress_total   int         not null,
    eta_seconds      int,
    attempt          int         not null,
    lost_workers     int         not null,
    memory_shortages int         not null,
    cancel_requested boolean     not null,
    error_code       text,
    error_message    text,
    error_retryable  boolean,
    created_at       timestamptz not null,
    started_at       timestamptz,
    completed_at     timestamptz,
    version          int         not null,
    check ((status in ('succeeded', 'failed', 'canceled')) = (completed_at is not null)),
    check ((status = 'failed') = (error_code is not null))
);

-- Its jobs: what an unfinished evaluation draws with is not deleted.
create table evaluation_job (
    evaluation_id uuid not null references evaluation on delete cascade,
    job_id        uuid not null references job on delete cascade,
    primary key (evaluation_id, job_id)
);
create index evaluation_job_job on evaluation_job (job_id);

-- A finished row; position is its place in the table. Step is the training step of the weights that drew.
create table evaluation_row (
    id                uuid             primary key,
    evaluation_id     uuid             not null references evaluation on delete cascade,
    job_id            uuid             not null references job on delete cascade,
    position          int              not null check (position >= 0),
    method            text             not null,
    sampler           text             not null,
    steps             int              not null check (steps > 0),
    prior             boolean          not null,
    step              int              not null check (step >= 0),
    scores            jsonb            not null,
    seconds_per_image double precision not null,
    created_at        timestamptz      not null,
    unique (evaluation_id, position)
);
create index evaluation_row_job on evaluation_row (job_id);

-- Images of a row, which may not be finished yet. Position counts from 0 within the row.
create table evaluation_image (
    id            uuid             primary key,
    evaluation_id uuid             not null references evaluation on delete cascade,
    job_id        uuid             not null references job on delete cascade,
    table_row     int              not null check (table_row >= 0),
    position      int              not null check (position >= 0),
    file_sha256   text             not null references stored_file,
    width         int              not null check (width > 0),
    height        int              not null check (height > 0),
    recipe        jsonb            not null,
    step          int              not null,
    seconds       double precision not null,
    created_at    timestamptz      not null,
    unique (evaluation_id, table_row, position)
);
create index evaluation_image_job on evaluation_image (job_id);
create index evaluation_image_file on evaluation_image (file_sha256);
