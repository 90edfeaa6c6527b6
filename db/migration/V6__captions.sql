-- A subject knows what it is. One that was sent by itself stays when its jobs go.
alter table subject add column class_word text;
update subject set class_word = (select min(job.class_word) from job where job.subject_id = subject.id);
-- Of no job, so nobody knows of it.
delete from subject where class_word is null;
alter table subject alter column class_word set not null;
alter table subject add column standalone boolean not null default false;

-- One caption a picture, or none: [{"text", "origin"}]. Captions that were asked for before these are too late.
alter table subject add column captions jsonb not null default '[]';
alter table subject add column captioned_at timestamptz;

-- What a job's pictures are trained with.
alter table job add column captions jsonb not null default '[]';
update job set captions = coalesce(
    (select jsonb_agg(jsonb_build_object('text', given.text, 'origin', 'user') order by given.place)
     from jsonb_array_elements_text(job.spec -> 'training' -> 'captions') with ordinality as given (text, place)),
    '[]');

-- Captions that were asked for, and those that a worker has proposed.
create table caption_task (
    id               uuid        primary key,
    subject_id       uuid        not null references subject on delete cascade,
    spec             jsonb       not null,
    captions         jsonb       not null,
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
create index caption_task_subject on caption_task (subject_id);
