-- What clients say about a task: labels to find it by, and a priority. Its place in the queue is the time from which it waits, less
-- an hour for each level of its priority; null is that time itself.
alter table job add column labels jsonb not null default '{}';
alter table job add column priority int not null default 0;
alter table job add column queue_place timestamptz;
alter table generation add column labels jsonb not null default '{}';
alter table generation add column priority int not null default 0;
alter table generation add column queue_place timestamptz;
alter table caption_task add column labels jsonb not null default '{}';
alter table caption_task add column priority int not null default 0;
alter table caption_task add column queue_place timestamptz;
alter table evaluation add column labels jsonb not null default '{}';
alter table evaluation add column priority int not null default 0;
alter table evaluation add column queue_place timestamptz;

create index job_labels on job using gin (labels jsonb_path_ops);
create index generation_labels on generation using gin (labels jsonb_path_ops);
create index evaluation_labels on evaluation using gin (labels jsonb_path_ops);

-- Workers of the previous release take tasks by their time, with the index from before.
alter table scheduled_tasks add column place timestamptz;
create index scheduled_tasks_place on scheduled_tasks (picked, priority desc, coalesce(place, execution_time));
create index job_place on job (coalesce(queue_place, queued_at), id) where status = 'queued';

create or replace view task as
select 'job' as kind, id, method, status, attempt, cancel_requested, queued_at as waits_since, completed_at,
    coalesce(queue_place, queued_at) as place
from job
union all
select 'generation', id, null, status, attempt, cancel_requested, created_at, completed_at, coalesce(queue_place, created_at)
from generation
union all
select 'captions', id, null, status, attempt, cancel_requested, created_at, completed_at, coalesce(queue_place, created_at)
from caption_task
union all
select 'evaluation', id, null, status, attempt, cancel_requested, created_at, completed_at, coalesce(queue_place, created_at)
from evaluation;
