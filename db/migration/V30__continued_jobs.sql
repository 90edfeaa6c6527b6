-- The state at the end of training, from which another job can continue.
alter table checkpoint drop constraint checkpoint_kind_check;
alter table checkpoint add constraint checkpoint_kind_check check (kind in ('resume', 'weights', 'state')) not valid;
create index checkpoint_state on checkpoint (job_id) where kind = 'state';
alter table job add column training_state jsonb;

-- The job whose training this one continues, and after which step. The first one can be deleted.
alter table job add column continued_job_id uuid references job on delete set null;
alter table job add column continued_step int;
create index job_continued on job (continued_job_id) where continued_job_id is not null;
