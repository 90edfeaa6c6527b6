-- The format of an image's file. The exact pixels of a lossy one stay in a second file until the task that scores them has succeeded.
alter table job_image add column format text not null default 'png' check (format in ('png', 'jpeg', 'webp'));
alter table job_image add column exact_sha256 text references stored_file;
create index job_image_exact on job_image (exact_sha256) where exact_sha256 is not null;
