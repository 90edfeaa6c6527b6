-- The next in line, however many wait.
create index job_queue on job (queued_at, id) where status = 'queued';
