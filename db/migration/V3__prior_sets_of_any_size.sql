-- A set of prior images is no longer named after its size, so that jobs that want more or fewer share it. The former
-- names are never asked for again.
delete from prior_set;
