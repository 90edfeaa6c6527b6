-- When a task is canceled unless it is final, and why its cancellation was requested.
alter table job add column cancel_at timestamptz;
alter table job add column cancel_reason text;
create index job_deadline on job (cancel_at) where cancel_at is not null and completed_at is null;
alter table generation add column cancel_at timestamptz;
alter table generation add column cancel_reason text;
create index generation_deadline on generation (cancel_at) where cancel_at is not null and completed_at is null;
alter table caption_task add column cancel_at timestamptz;
alter table caption_task add column cancel_reason text;
create index caption_task_deadline on caption_task (cancel_at) where cancel_at is not null and completed_at is null;
alter table evaluation add column cancel_at timestamptz;
alter table evaluation add column cancel_reason text;
create index evaluation_deadline on evaluation (cancel_at) where cancel_at is not null and completed_at is null;
