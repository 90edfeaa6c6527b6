-- What a job is planned to take of a device's memory, and how often it or a generation took more than there was.
alter table job add column memory jsonb;
alter table job add column memory_shortages int not null default 0;
alter table generation add column memory_shortages int not null default 0;
alter table caption_task add column memory_shortages int not null default 0;

-- What a worker has of its device's memory itself, and how many processes the kernel had killed for memory where it runs.
alter table worker add column memory_held bigint not null default 0 check (memory_held >= 0);
alter table worker add column kill_scope text not null default '';
alter table worker add column kills bigint not null default 0;
-- Its supervisor has seen that the kernel killed it for memory.
alter table worker add column killed_for_memory boolean not null default false;
