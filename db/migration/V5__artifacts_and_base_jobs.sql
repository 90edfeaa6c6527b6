-- A job may be trained on top of another's result, which then cannot be deleted.
alter table job add column base_job_id uuid references job;
create index job_base on job (base_job_id);

-- Files of a job that others can load.
create table job_artifact (
    id          uuid        primary key,
    job_id      uuid        not null references job on delete cascade,
    kind        text        not null check (kind in ('lora', 'embedding', 'model', 'config')),
    format      text        not null check (format in ('diffusers', 'kohya', 'a1111', 'likeness', 'json')),
    file_name   text        not null,
    file_sha256 text        not null references stored_file,
    size        bigint      not null check (size >= 0),
    step        int         not null check (step >= 0),
    created_at  timestamptz not null,
    unique (job_id, kind, format)
);
create index job_artifact_file on job_artifact (file_sha256);
