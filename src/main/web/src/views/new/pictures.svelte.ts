import { createMutation } from '@tanstack/svelte-query'
import type { Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { queries } from '../../api/queries'
import { dropFile, keepFile, pictureId } from '../../lib/files'
import { Keys } from '../../lib/once'
import type { Beginning } from './beginning'
import { discard, unlike, upload, type Wanted } from './upload'

type Subject = Schema<'Subject'>

/** A picture in the form. */
export interface Picture {
  readonly id: string
  readonly name: string
  /** Its file and the page's address of it; undefined if the page was loaded after it was uploaded. */
  readonly file: { data: File; shown: string } | undefined
  /** Its position in the subject; undefined if it is no part of it. */
  readonly at: number | undefined
  /** Undefined as long as it has the plain one. */
  readonly caption: string | undefined
  /** Whether somebody has written the caption, so that a proposal must not replace it. */
  readonly written: boolean
}

/** How many pictures a subject has. */
export const LEAST = 3
export const MOST = 6

/** Formats that the service reads. A phone converts its own to one of these. */
export const ACCEPTED = 'image/jpeg,image/png,image/webp'

/** How long the pictures stand still before they are uploaded, in ms. */
const PAUSE = 700

/** A file as the page shows it. */
export function shown(data: File): { data: File; shown: string } {
  return { data, shown: URL.createObjectURL(data) }
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
  /** Whether the subject is this form's own, and goes when it is replaced. */
  own = $state(false)
  #stored = $state('')
  #refused = $state('')
  readonly #keys = new Keys()
  #released = false

  #upload = createMutation(
    () => ({
      mutationFn: upload,
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

  constructor({ subject, own, pictures }: Beginning) {
    this.list = pictures
    this.subject = subject
    this.own = own
    this.classWord = subject?.class_word ?? ''
    const whole = subject && pictures.length === subject.input_report?.pictures?.length && pictures.every(({ at }, i) => at === i)
    if (whole) this.#stored = this.#key
    $effect(() => {
      if (!this.busy || this.#upload.isPending) return
      const wanted = {
        key: this.#key, classWord: this.classWord, pictures: this.list, present: this.subject, idempotencyKey: this.#keys.of(this.#key),
      }
      const timer = setTimeout(() => this.#upload.mutate(wanted), PAUSE)
      return () => clearTimeout(timer)
    })
  }

  add(files: Iterable<File>): void {
    for (const file of files) this.list = [...this.list, this.#picture(file)]
  }

  /** Puts a file in the place of a picture. */
  replace(id: string, file: File): void {
    this.list = this.list.map((it) => (it.id === id ? this.#picture(file, it) : it))
  }

  remove(id: string): void {
    this.list = this.list.filter((it) => it.id !== id || this.#release(it))
  }

  caption(id: string, caption: string): void {
    this.list = this.list.map((it) => (it.id === id ? { ...it, caption, written: caption.trim() !== '' } : it))
  }

  /** Tries again what was refused or did not arrive. */
  retry(): void {
    this.#refused = ''
  }

  /** The subject was deleted elsewhere. What the page still has is uploaded again. */
  lose(): void {
    this.subject = undefined
    this.#stored = ''
    this.list = this.list.flatMap((it) => (it.file ? [{ ...it, at: undefined }] : []))
  }

  /** Lets go of all files, and of the subject that an upload may still make. */
  release(): void {
    this.#released = true
    for (const it of this.list) this.#release(it)
  }

  /** What is wrong with a picture, by its position. */
  problemOf(position: number): string | undefined {
    return this.problem?.field(`images.${position}`)
  }

  #picture(file: File, replaced?: Picture): Picture {
    if (replaced) this.#release(replaced)
    const data = unlike(file, new Set(this.list.filter((it) => it !== replaced).map((it) => it.name)))
    const id = pictureId()
    void keepFile(id, data)
    return { id, name: data.name, file: shown(data), at: undefined, caption: undefined, written: false }
  }

  #release({ id, file }: Picture): false {
    if (file) URL.revokeObjectURL(file.shown)
    void dropFile(id)
    return false
  }

  #replace(subject: Subject, wanted: Wanted): void {
    this.#keys.forget()
    if (this.#released) return void discard(subject)
    const before = this.own ? this.subject : undefined
    this.subject = subject
    this.own = true
    this.#stored = wanted.key
    const places = new Map(wanted.pictures.map(({ id }, i) => [id, i]))
    this.list = this.list.map((it) => ({ ...it, at: places.get(it.id) }))
    places.forEach((_, id) => void dropFile(id))
    if (before) void discard(before)
  }
}
