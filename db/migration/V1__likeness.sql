-- Files of the artifact store, named by the SHA-256 of their content. Whatever uses a file refers to its row here, so
-- that a file in use cannot be deleted.
create table stored_file (
    sha256     text        primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    size       bigint      not null check (size >= 0),
    media_type text        not null,
    created_at timestamptz not null
);

create table subject (
    id         uuid        primary key,
    created_at timestamptz not null
);

-- The pictures as they are trained on: upright, sRGB, PNG, without metadata.
create table subject_picture (
    subject_id      uuid not null references subject on delete cascade,
    position        int  not null check (position >= 0),
    file_name       text not null,
    file_sha256     text not null references stored_file,
    width           int  not null check (width > 0),
    height          int  not null check (height > 0),
    original_format text not null,
    primary key (subject_id, position)
);
create index subject_picture_file on subject_picture (file_sha256);

-- A worker's writes are fenced by the attempt, which grows with every lease.
create table job (
    id               uuid        primary key,
    subject_id       uuid        not null references subject,
    class_word       text        not null,
    identifier       text        not null,
    method           text        not null,
    model            text        not null,
    spec             jsonb       not null,
    status           text        not null
        check (status in ('queued', 'starting', 'processing', 'succeeded', 'failed', 'canceled')),
    phase            text
        check (phase in ('preparing', 'prior_images', 'training', 'sampling', 'evaluating', 'exporting')),
    phase_entered_at timestamptz,
    phase_seconds    jsonb       not null,
    progress_step    int         not null,
    progress_total   int         not null,
    eta_seconds      int,
    attempt          int         not null,
    lost_workers     int         not null,
    cancel_requested boolean     not null,
    error_code       text,
    error_message    text,
    error_retryable  boolean,
    steps_per_second double precision,
    peak_memory_bytes bigint,
    event_seq        bigint      not null,
    created_at       timestamptz not null,
    started_at       timestamptz,
    completed_at     timestamptz,
    expires_at       timestamptz,
    version          int         not null,
    check ((status in ('succeeded', 'failed', 'canceled')) = (completed_at is not null)),
    check ((status = 'failed') = (error_code is not null))
);
create index job_newest_first on job (created_at desc, id desc);
create index job_by_status on job (status, created_at desc, id desc);
create index job_subject on job (subject_id);

-- What happened to a job, numbered from 1 for each job without gaps.
create table job_event (
    job_id     uuid        not null references job on delete cascade,
    seq        bigint      not null,
    type       text        not null check (type in ('start', 'progress', 'log', 'metric', 'image', 'completed')),
    data       jsonb       not null,
    created_at timestamptz not null,
    primary key (job_id, seq)
);

-- More images from a finished job.
create table generation (
    id               uuid        primary key,
    job_id           uuid        not null references job on delete cascade,
    spec             jsonb       not null,
    status           text        not null
        check (status in ('queued', 'starting', 'processing', 'succeeded', 'failed', 'canceled')),
    progress_step    int         not null,
    progress_total   int         not null,
    eta_seconds      int,
    attempt          int         not null,
    lost_workers     int         not null,
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
create index generation_job on generation (job_id);

-- Position counts from 0 within a role of a job, or within a generation.
create table job_image (
    id            uuid        primary key,
    job_id        uuid        not null references job on delete cascade,
    generation_id uuid        references generation on delete cascade,
    role          text        not null check (role in ('result', 'before', 'contact_sheet')),
    position      int         not null check (position >= 0),
    file_sha256   text        not null references stored_file,
    width         int         not null check (width > 0),
    height        int         not null check (height > 0),
    recipe        jsonb,
    step          int         not null,
    created_at    timestamptz not null,
    unique nulls not distinct (job_id, generation_id, role, position)
);
create index job_image_file on job_image (file_sha256);

-- Subset is 'overall' or the prompt whose images alone were scored. Step 0 is before training.
create table score (
    id            bigint           generated by default as identity primary key,
    job_id        uuid             not null references job on delete cascade,
    metric        text             not null check (metric in ('clip_i', 'clip_t', 'dino', 'pres', 'div')),
    value         double precision,
    n             int              not null check (n >= 0),
    interval_low  double precision,
    interval_high double precision,
    encoder       text             not null,
    pairing       text             not null,
    reference     double precision,
    step          int              not null check (step >= 0),
    subset        text             not null,
    unique (job_id, metric, step, subset)
);

create table checkpoint (
    job_id      uuid        not null references job on delete cascade,
    kind        text        not null check (kind in ('resume', 'weights')),
    step        int         not null check (step >= 0),
    file_sha256 text        not null references stored_file,
    created_at  timestamptz not null,
    primary key (job_id, kind, step)
);
create index checkpoint_file on checkpoint (file_sha256);

-- Prior images depend on the model and these settings alone, so jobs share them.
create table prior_set (
    key        text        primary key,
    prompt     text        not null,
    model_hash text        not null,
    settings   jsonb       not null,
    created_at timestamptz not null
);

create table prior_image (
    key         text not null references prior_set on delete cascade,
    position    int  not null check (position >= 0),
    file_sha256 text not null references stored_file,
    primary key (key, position)
);
create index prior_image_file on prior_image (file_sha256);
