-- Adapters and embeddings that were made elsewhere and uploaded.
create table adapter (
    id          uuid        primary key,
    name        text        not null,
    model       text        not null,
    kind        text        not null check (kind in ('lora', 'embedding')),
    format      text        not null check (format in ('diffusers', 'peft', 'kohya', 'a1111')),
    file_name   text        not null,
    file_sha256 text        not null references stored_file,
    size        bigint      not null check (size >= 0),
    contents    jsonb       not null,
    created_at  timestamptz not null
);
create index adapter_place on adapter (created_at, id);
create index adapter_file on adapter (file_sha256);

-- What a generation draws with besides its job's weights, as it was when it was asked for.
alter table generation add column adapters jsonb not null default '[]';

-- The same as references: what an unfinished generation uses is not deleted.
create table generation_adapter (
    generation_id uuid not null references generation on delete cascade,
    adapter_id    uuid references adapter on delete cascade,
    job_id        uuid references job on delete cascade,
    check (num_nonnulls(adapter_id, job_id) = 1)
);
create index generation_adapter_generation on generation_adapter (generation_id);
create index generation_adapter_adapter on generation_adapter (adapter_id);
create index generation_adapter_job on generation_adapter (job_id);

-- So far adapters ran beside the weights, and recipes did not tell how much they counted.
update job set spec = jsonb_set(spec, '{sampling,fused}', 'false');
update generation set spec = jsonb_set(spec, '{fused}', 'false');
update job_image as i
set recipe = i.recipe || jsonb_build_object(
    'lora_unet_scale', coalesce((g.spec ->> 'lora_unet_scale')::float8, 1),
    'lora_text_scale', coalesce((g.spec ->> 'lora_text_scale')::float8, 1),
    'fused', false,
    'adapters', jsonb_build_array())
from job_image as own
left join generation as g on g.id = own.generation_id
where own.id = i.id and i.recipe is not null;
