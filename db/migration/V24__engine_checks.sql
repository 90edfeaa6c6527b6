-- Whether a worker's engine computes right, as it found when it started. One that does not takes no task.
alter table worker add column engine_check text not null default 'unknown'
    check (engine_check in ('unknown', 'skipped', 'passed', 'failed'));
alter table worker add column engine_summary text;
-- The safer setting it runs with; null if there is none.
alter table worker add column engine_setting text;

-- The engine that computes a job.
alter table job add column engine jsonb;
