-- What was found of a subject's pictures when they came: [{"code", "severity", "pictures", "message", "figures"}]. Nothing
-- is known of those that came before.
alter table subject add column findings jsonb not null default '[]';
alter table subject_picture add column faces int check (faces >= 0);
