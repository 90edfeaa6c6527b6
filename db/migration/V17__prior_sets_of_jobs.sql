-- Which jobs train with which prior images: a set goes with the last of them. Nobody knows who has the sets there are, so they
-- are drawn anew when they are wanted; their files go with the next sweep.
create table job_prior_set (
    job_id uuid not null references job on delete cascade,
    key    text not null references prior_set,
    primary key (job_id, key)
);

create index job_prior_set_key on job_prior_set (key);

delete from prior_set;
