-- How much waits and runs is asked often, however many there have been. Of jobs, job_by_status tells it.
create index generation_open on generation (created_at) where completed_at is null;
create index caption_task_open on caption_task (created_at) where completed_at is null;
create index evaluation_open on evaluation (created_at) where completed_at is null;
