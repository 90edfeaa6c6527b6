-- Whom a task's submission wants to be called, for which events, and when the last start or progress was noted. For the end of a
-- job, job_webhook says so as before.
alter table job add column webhook text;
alter table job add column webhook_events jsonb;
alter table job add column webhook_noted_at timestamptz;
alter table generation add column webhook text;
alter table generation add column webhook_events jsonb;
alter table generation add column webhook_noted_at timestamptz;
alter table caption_task add column webhook text;
alter table caption_task add column webhook_events jsonb;
alter table caption_task add column webhook_noted_at timestamptz;
alter table evaluation add column webhook text;
alter table evaluation add column webhook_events jsonb;
alter table evaluation add column webhook_noted_at timestamptz;

-- Events of tasks of every kind. Until it is known who is told, their body is empty, and null for the end of a job.
alter table webhook_event drop constraint webhook_event_type_check;
alter table webhook_event alter column job_id drop not null;
alter table webhook_event add column generation_id uuid references generation on delete cascade;
alter table webhook_event add column caption_task_id uuid references caption_task on delete cascade;
alter table webhook_event add column evaluation_id uuid references evaluation on delete cascade;
alter table webhook_event add constraint webhook_event_task
    check (num_nonnulls(job_id, generation_id, caption_task_id, evaluation_id) = 1);
create index webhook_event_generation on webhook_event (generation_id) where generation_id is not null;
create index webhook_event_captions on webhook_event (caption_task_id) where caption_task_id is not null;
create index webhook_event_evaluation on webhook_event (evaluation_id) where evaluation_id is not null;
create index webhook_event_unprepared on webhook_event (occurred_at) where body = '';
