import { api, authorizedFetch, body, local, type Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import type { Picture } from './picture'

type Subject = Schema<'Subject'>

/** A subject to be: its class word and pictures, and the present subject, which has those without a file. */
export interface Wanted {
  key: string
  classWord: string
  pictures: Picture[]
  present: Subject | undefined
  idempotencyKey: string
}

export function subject(id: string, signal?: AbortSignal): Promise<Subject> {
  return body(api.GET('/v1/subjects/{id}', { params: { path: { id } }, ...(signal && { signal }) }))
}

export async function upload({ classWord, pictures, present, idempotencyKey }: Wanted): Promise<Subject> {
  // Its links may have expired since.
  const fresh = present?.id && pictures.some((it) => !it.file) ? await subject(present.id) : undefined
  const form = new FormData()
  form.set('class_word', classWord)
  const sent = await Promise.all(pictures.map(async (it) => ({ it, file: await fileOf(it, fresh), mask: await maskOf(it, fresh) })))
  for (const { it, file, mask } of sent) {
    if (file) form.append('images', file)
    if (it.url) form.append('image_urls', it.url)
    // Its name without the ending tells which picture it belongs to.
    if (mask) form.append('masks', new File([mask], `${it.name.replace(/\.[^.]*$/, '')}.png`, { type: 'image/png' }))
  }
  return body(api.POST('/v1/subjects', {
    params: { header: { 'Idempotency-Key': idempotencyKey } },
    body: { class_word: classWord, images: [] },
    bodySerializer: () => form,
  }))
}

/** The file of a picture; the service's own copy if the page no longer has it; none if the service fetches it. */
async function fileOf({ name, file, url, at }: Picture, subject: Subject | undefined): Promise<File | undefined> {
  if (file || url) return file?.data
  const blob = await copyOf(subject?.input_report?.pictures?.[at ?? 0]?.url)
  return new File([blob], name, { type: blob.type })
}

/** The mask of a picture; the service's own copy if it has one that is to stay. */
async function maskOf(it: Picture, subject: Subject | undefined): Promise<Blob | undefined> {
  if (it.mask) return it.mask.data
  return hasMask(it, subject) ? copyOf(subject?.input_report?.pictures?.[it.at ?? 0]?.mask_url) : undefined
}

/** Whether a mask is sent with a picture. Transparency is in its file. */
export function hasMask({ mask, file, unmasked, at }: Picture, subject: Subject | undefined): boolean {
  const stored = at === undefined ? undefined : subject?.input_report?.pictures?.[at]?.mask_url
  return mask !== undefined || (!file && !unmasked && Boolean(stored))
}

async function copyOf(url: string | null | undefined): Promise<Blob> {
  const response = await authorizedFetch(local(url ?? ''))
  if (!response.ok) throw Problem.of(response.status, await response.json().catch(() => undefined))
  return response.blob()
}

/** Deletes a subject that nothing uses. One that a job uses, or that is gone already, stays as it is. */
export async function discard({ id = '' }: Subject): Promise<void> {
  await api.DELETE('/v1/subjects/{id}', { params: { path: { id } } }).catch(() => undefined)
}

/** Names in a report tell pictures apart. A phone's camera gives all of them the same. */
export function unlike(file: File, others: Set<string>): File {
  const dot = file.name.lastIndexOf('.')
  const [stem, end] = dot > 0 ? [file.name.slice(0, dot), file.name.slice(dot)] : [file.name, '']
  let name = file.name
  for (let i = 2; others.has(name); i++) name = `${stem} (${i})${end}`
  return name === file.name ? file : new File([file], name, { type: file.type })
}
