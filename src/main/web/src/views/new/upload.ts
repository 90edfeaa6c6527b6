import { api, authorizedFetch, body, local, type Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import type { Picture } from './pictures.svelte'

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
  for (const file of await Promise.all(pictures.map((it) => fileOf(it, fresh)))) form.append('images', file)
  return body(api.POST('/v1/subjects', {
    params: { header: { 'Idempotency-Key': idempotencyKey } },
    body: { class_word: classWord, images: [] },
    bodySerializer: () => form,
  }))
}

/** The file of a picture; the service's own copy if the page no longer has it. */
async function fileOf({ name, file, at }: Picture, subject: Subject | undefined): Promise<File> {
  if (file) return file.data
  const response = await authorizedFetch(local(subject?.input_report?.pictures?.[at ?? 0]?.url ?? ''))
  if (!response.ok) throw Problem.of(response.status, await response.json().catch(() => undefined))
  const blob = await response.blob()
  return new File([blob], name, { type: blob.type })
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
