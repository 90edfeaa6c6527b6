-- Filters of the lists of jobs and subjects: a rare value is found without reading all rows.
create index job_by_method on job (method, created_at desc, id desc);
create index job_by_model on job (model, created_at desc, id desc);
create index job_by_class_word on job (lower(class_word) text_pattern_ops);
create index subject_by_class_word on subject (lower(class_word) text_pattern_ops);

-- The list of a subject's jobs.
create index job_of_subject on job (subject_id, created_at desc, id desc);
drop index job_subject;
