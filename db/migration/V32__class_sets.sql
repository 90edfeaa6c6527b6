-- Sets of images of a class, for prior preservation. A set is incomplete while its images are stored.
create table class_set (
    id         uuid        primary key,
    owner      text        not null,
    name       text        not null,
    complete   boolean     not null,
    duplicates jsonb       not null default '[]',
    created_at timestamptz not null
);
create index class_set_newest_first on class_set (created_at desc, id desc);
create index class_set_of_owner on class_set (owner, created_at desc, id desc);

-- An image is in a set once.
create table class_image (
    class_set_id     uuid not null references class_set on delete cascade,
    position         int  not null check (position >= 0),
    file_name        text not null,
    file_sha256      text not null references stored_file,
    thumbnail_sha256 text not null references stored_file,
    width            int  not null check (width > 0),
    height           int  not null check (height > 0),
    original_format  text not null,
    caption          text,
    primary key (class_set_id, position),
    unique (class_set_id, file_sha256)
);
create index class_image_file on class_image (file_sha256);
create index class_image_thumbnail on class_image (thumbnail_sha256);
