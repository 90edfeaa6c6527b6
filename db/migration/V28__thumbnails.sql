-- Small copies of pictures, for lists. Pictures of earlier releases have none.
alter table subject_picture add column thumbnail_sha256 text references stored_file;
create index subject_picture_thumbnail on subject_picture (thumbnail_sha256);

-- The list of subjects.
create index subject_newest_first on subject (created_at desc, id desc);
