import { createMutation } from '@tanstack/svelte-query'
import { api, authorizedFetch, body, local, type Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { queries } from '../../api/queries'
import { idempotencyKey } from './request'

type Subject = Schema<'Subject'>

/** A picture in the form. */
export interface Picture {
  readonly id: number
  readonly name: string
  /** The file, or where the service has it if it was uploaded before the page was loaded. */
  readonly source: { file: File; shown: string } | { url: string; thumbnail: string }
  /** Undefined as long as it has the plain one. */
  readonly caption: string | undefined
}

/** How many pictures a subject has. */
export const LEAST = 3
export const MOST = 6

/** Formats that the service reads. A phone converts its own to one of these. */
export const ACCEPTED = 'image/jpeg,image/png,image/webp'

/** How long the pictures stand still before they are uploaded, in ms. */
const PAUSE = 700

/** A subject to be: its pictures and class word. */
interface Wanted {
  key: string
  classWord: string
  pictures: Picture[]
  idempotencyKey: string
}

/**
 * The pictures of the form, and the subject that the service made of them. A subject never changes, so another picture or
 * class word makes another subject, which replaces the one before. One upload at a time; the last state wins.
 */
export class Pictures {
  list = $state.raw<Picture[]>([])
  /** The class word as far as it is complete. */
  classWord = $state('')
  subject = $state.raw<Subject>()
  #own = $state(false)
  #stored = $state('')
  #refused = $state('')
  #last = 0

  #upload = createMutation(
    () => ({
      mutationFn: send,
      retry: (failures: number, error: Error) => failures < 3 && Problem.from(error).temporary,
      onSuccess: (subject: Subject, wanted: Wanted) => this.#replace(subject, wanted),
      onError: (_: Error, wanted: Wanted) => (this.#refused = wanted.key),
    }),
    () => queries,
  )

  #key = $derived(`${this.classWord}\n${this.list.map((it) => it.id)}`)
  readonly missing = $derived(Math.max(0, LEAST - this.list.length))
  readonly beyond = $derived(Math.max(0, this.list.length - MOST))
  readonly complete = $derived(!this.missing && !this.beyond && this.classWord !== '')
  readonly busy = $derived(this.#upload.isPending || (this.complete && this.#key !== this.#stored && this.#key !== this.#refused))
  /** Why the service refused the pictures as they are. */
  readonly problem = $derived(this.#key === this.#refused && this.#upload.error ? Problem.from(this.#upload.error) : undefined)
  /** The subject, if it is that of the pictures as they are. */
  readonly ready = $derived(this.#key === this.#stored ? this.subject : undefined)

  /** @param subject what to begin with, and whether it is this form's own and goes when it is replaced */
  constructor(subject?: Subject, own = false) {
    if (subject) {
      this.classWord = subject.class_word ?? ''
      this.list = (subject.input_report?.pictures ?? []).map((it, i) => ({
        id: ++this.#last,
        name: it.file_name ?? '',
        source: { url: it.url ?? '', thumbnail: it.thumbnail_url ?? '' },
        caption: subject.captions?.[i]?.text,
      }))
      this.subject = subject
      this.#own = own
      this.#stored = this.#key
    }
    $effect(() => {
      if (!this.busy || this.#upload.isPending) return
      const wanted = { key: this.#key, classWord: this.classWord, pictures: this.list, idempotencyKey: idempotencyKey() }
      const timer = setTimeout(() => this.#upload.mutate(wanted), PAUSE)
      return () => clearTimeout(timer)
    })
  }

  /** Whether the subject is this form's own. */
  get own(): boolean {
    return this.#own
  }

  add(files: Iterable<File>): void {
    for (const file of files) this.list = [...this.list, this.#picture(file)]
  }

  /** Puts a file in the place of a picture. */
  replace(id: number, file: File): void {
    this.list = this.list.map((it) => (it.id === id ? this.#picture(file, id) : it))
  }

  remove(id: number): void {
    this.list = this.list.filter((it) => it.id !== id)
  }

  caption(id: number, caption: string): void {
    this.list = this.list.map((it) => (it.id === id ? { ...it, caption } : it))
  }

  /** Tries again what was refused or did not arrive. */
  retry(): void {
    this.#refused = ''
  }

  /** Forgets the pictures, and deletes the subject if it is this form's own. */
  async clear(): Promise<void> {
    const subject = this.subject
    this.list = []
    this.subject = undefined
    if (subject && this.#own) await discard(subject)
  }

  /** What is wrong with a picture, by its position. */
  problemOf(position: number): string | undefined {
    return this.problem?.field(`images.${position}`)
  }

  #picture(file: File, replaced?: number): Picture {
    const others = new Set(this.list.filter((it) => it.id !== replaced).map((it) => it.name))
    const named = others.has(file.name) ? new File([file], unlike(file.name, others), { type: file.type }) : file
    return { id: ++this.#last, name: named.name, source: { file: named, shown: URL.createObjectURL(named) }, caption: undefined }
  }

  #replace(subject: Subject, wanted: Wanted): void {
    const before = this.#own ? this.subject : undefined
    this.subject = subject
    this.#own = true
    this.#stored = wanted.key
    if (before) void discard(before)
  }
}

/** Names in a report tell pictures apart. A phone's camera gives all of them the same. */
function unlike(name: string, others: Set<string>): string {
  const dot = name.lastIndexOf('.')
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  for (let i = 2; ; i++) {
    const next = `${stem} (${i})${end}`
    if (!others.has(next)) return next
  }
}

async function send({ classWord, pictures, idempotencyKey }: Wanted): Promise<Subject> {
  const form = new FormData()
  form.set('class_word', classWord)
  for (const file of await Promise.all(pictures.map(fileOf))) form.append('images', file)
  return body(api.POST('/v1/subjects', {
    params: { header: { 'Idempotency-Key': idempotencyKey } },
    body: { class_word: classWord, images: [] },
    bodySerializer: () => form,
  }))
}

/** The file of a picture; the service's own copy if the page no longer has it. */
async function fileOf({ name, source }: Picture): Promise<File> {
  if ('file' in source) return source.file
  const response = await authorizedFetch(local(source.url))
  if (!response.ok) throw Problem.of(response.status, await response.json().catch(() => undefined))
  const blob = await response.blob()
  return new File([blob], name, { type: blob.type })
}

/** Deletes a subject that nothing uses. One that a job uses, or that is gone already, stays as it is. */
async function discard(subject: Subject): Promise<void> {
  await api.DELETE('/v1/subjects/{id}', { params: { path: { id: subject.id ?? '' } } }).catch(() => undefined)
}
