-- What the kinds of task have in common. A kind is named as in the queue.
create view task as
select 'job' as kind, id, method, status, attempt, cancel_requested, queued_at as waits_since, completed_at
from job
union all
select 'generation', id, null, status, attempt, cancel_requested, created_at, completed_at
from generation
union all
select 'captions', id, null, status, attempt, cancel_requested, created_at, completed_at
from caption_task
union all
select 'evaluation', id, null, status, attempt, cancel_requested, created_at, completed_at
from evaluation;
