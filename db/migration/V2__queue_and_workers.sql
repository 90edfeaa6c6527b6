-- db-scheduler's table: what waits for a worker, and who works on what. It knows a job or generation by its id alone.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (priority desc, execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);

-- Workers announce themselves. One that has not been seen for a while is gone.
create table worker (
    id           uuid        primary key,
    version      text        not null,
    device       text        not null,
    memory_total bigint      not null check (memory_total >= 0),
    memory_free  bigint      not null check (memory_free >= 0),
    started_at   timestamptz not null,
    last_seen    timestamptz not null
);
