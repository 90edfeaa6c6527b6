-- Wakes idle workers as soon as a task may be leased. Triggers also do so for processes of an earlier release, and for
-- every way back into the queue.
create function notify_of_waiting_task() returns trigger language plpgsql as $$
begin
    perform pg_notify('likeness_tasks', ceil(extract(epoch from new.execution_time) * 1000)::bigint::text);
    return null;
end
$$;
create trigger waiting after insert or update of picked, execution_time on scheduled_tasks
    for each row when (not new.picked) execute function notify_of_waiting_task();

-- Wakes API processes for what clients wait for. Later steps are left to polling: transactions that notify commit one after
-- the other, and a busy worker reports four times a second.
create function notify_of_event() returns trigger language plpgsql as $$
begin
    notify likeness_events;
    return null;
end
$$;
create trigger noticed after insert on job_event
    for each row when (new.type not in ('progress', 'metric') or (new.data ->> 'step')::numeric <= 1)
    execute function notify_of_event();
create trigger final after update of completed_at on generation
    for each row when (old.completed_at is null and new.completed_at is not null) execute function notify_of_event();
create trigger final after update of completed_at on caption_task
    for each row when (old.completed_at is null and new.completed_at is not null) execute function notify_of_event();
create trigger final after update of completed_at on evaluation
    for each row when (old.completed_at is null and new.completed_at is not null) execute function notify_of_event();
