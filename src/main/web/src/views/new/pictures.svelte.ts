import { createMutation } from '@tanstack/svelte-query'
import type { Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { queries } from '../../api/queries'
import { dropFile } from '../../lib/files'
import { Keys } from '../../lib/once'
import type { Beginning } from './beginning'
import type { Box } from './crop'
import { brought, isArchive, kept, picturesOf, type Picture } from './picture'
import { discard, hasMask, unlike, upload, type Wanted } from './upload'

type Subject = Schema<'Subject'>

/** How many pictures a subject has. */
export const LEAST = 3
export const MOST = 6

/** How long the pictures stand still before they are uploaded, in ms. */
const PAUSE = 700

/**
 * The pictures of the form, and the subject that the service made of them. A subject never changes, so another picture, mask or
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
  readonly #captioned: () => void
  #sending: Promise<void> | undefined
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

  #key = $derived(keyOf(this.classWord, this.list))
  /** Whether there is an archive, which has all pictures. */
  readonly archived = $derived(this.list.some(isArchive))
  readonly missing = $derived(this.archived ? 0 : Math.max(0, LEAST - this.list.length))
  readonly beyond = $derived(Math.max(0, this.list.length - MOST))
  /** Whether there is more beside an archive. */
  readonly mixed = $derived(this.archived && this.list.length > 1)
  readonly complete = $derived(!this.missing && !this.beyond && !this.mixed && this.classWord !== '')
  /** Whether the service knows nothing of the pictures as they are. */
  readonly due = $derived(this.complete && this.#key !== this.#stored && this.#key !== this.#refused)
  readonly busy = $derived(this.due || this.#upload.isPending)
  /** Why the service refused the pictures as they are. */
  readonly problem = $derived(this.#key === this.#refused && this.#upload.error ? Problem.from(this.#upload.error) : undefined)
  /** The subject, if it is that of the pictures as they are. */
  readonly ready = $derived(this.#key === this.#stored ? this.subject : undefined)

  /** @param captioned called when pictures bring captions */
  constructor({ subject, own, pictures }: Beginning, captioned: () => void) {
    this.#captioned = captioned
    this.list = pictures
    this.subject = subject
    this.own = own
    this.classWord = subject?.class_word ?? ''
    const whole = subject && pictures.length === subject.input_report?.pictures?.length
      && pictures.every(({ at, mask, unmasked }, i) => at === i && !mask && !unmasked)
    if (whole) this.#stored = this.#key
    $effect(() => {
      // Each change begins the pause anew.
      if (!this.#key || !this.due || this.#upload.isPending) return
      const timer = setTimeout(() => void this.flush(), PAUSE)
      return () => clearTimeout(timer)
    })
  }

  /** Uploads the pictures as they are, unless they were refused, and waits for the answer, also to those that come meanwhile. */
  async flush(): Promise<void> {
    while (this.due) await (this.#sending ??= this.#send().finally(() => (this.#sending = undefined)))
  }

  async #send(): Promise<void> {
    const wanted = {
      key: this.#key, classWord: this.classWord, pictures: this.list, present: this.subject, idempotencyKey: this.#keys.of(this.#key),
    }
    await this.#upload.mutateAsync(wanted).catch(() => undefined)
  }

  /** The service takes those of URLs after files. */
  add(files: Iterable<File>): void {
    for (const file of files) {
      const first = this.list.findIndex((it) => it.url)
      this.list = this.list.toSpliced(first < 0 ? this.list.length : first, 0, this.#picture(file))
    }
  }

  addUrls(urls: string[]): void {
    this.list = [...this.list, ...urls.map((url) => ({ ...brought(url), url }))]
  }

  /** Puts a file in the place of a picture. */
  replace(id: string, file: File): void {
    const replaced = this.list.find((it) => it.id === id)
    if (!replaced) return
    this.#release(replaced)
    const picture = this.#picture(file, replaced)
    this.list = replaced.url ? this.list.filter((it) => it !== replaced) : this.list.map((it) => (it === replaced ? picture : it))
    if (replaced.url) this.add([picture.file?.data ?? file])
  }

  remove(id: string): void {
    this.list = this.list.filter((it) => it.id !== id || this.#release(it))
  }

  caption(id: string, caption: string): void {
    this.#change(id, { caption, written: caption.trim() !== '' })
  }

  /** Gives a picture a mask of its own, in place of another one. */
  mask(id: string, file: File): void {
    this.#dropMask(id)
    this.#change(id, { mask: kept(file) })
  }

  unmask(id: string): void {
    this.#dropMask(id)
    this.#change(id, { mask: undefined, unmasked: true })
  }

  /** @param box the part that trains; undefined for the whole picture */
  crop(id: string, box: Box | undefined): void {
    this.#change(id, { box })
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
    const url = this.list[position]?.url
    const before = this.list.slice(0, position).filter((it) => !it.url === !url).length
    return this.problem?.field(`${url ? 'image_urls' : 'images'}.${before}`)
  }

  /** What is wrong with the mask of a picture. */
  maskProblemOf(position: number): string | undefined {
    const before = this.list.slice(0, position).filter((it) => hasMask(it, this.subject)).length
    return this.list[position]?.mask && this.problem?.field(`masks.${before}`)
  }

  #picture(file: File, replaced?: Picture): Picture {
    const data = unlike(file, new Set(this.list.filter((it) => it !== replaced).map((it) => it.name)))
    const { id, ...its } = kept(data)
    return { ...brought(data.name), id, file: its }
  }

  #change(id: string, how: Partial<Picture>): void {
    this.list = this.list.map((it) => (it.id === id ? { ...it, ...how } : it))
  }

  #release(picture: Picture): false {
    if (picture.file) URL.revokeObjectURL(picture.file.shown)
    void dropFile(picture.id)
    this.#dropMask(picture.id)
    return false
  }

  #dropMask(id: string): void {
    const mask = this.list.find((it) => it.id === id)?.mask
    if (!mask) return
    URL.revokeObjectURL(mask.shown)
    void dropFile(mask.id)
  }

  #replace(subject: Subject, wanted: Wanted): void {
    this.#keys.forget()
    if (this.#released) return void discard(subject)
    const before = this.own ? this.subject : undefined
    this.subject = subject
    this.own = true
    const made = madeOf(subject, wanted.pictures)
    this.#stored = keyOf(wanted.classWord, made.flat())
    const places = new Map(wanted.pictures.map(({ id }, i) => [id, i]))
    // What was changed meanwhile stays so.
    this.list = this.list.flatMap((it) => {
      const now = made[places.get(it.id) ?? -1] ?? [{ ...it, at: undefined }]
      return now.length === 1 && now[0] ? [{ ...it, at: now[0].at, name: now[0].name, url: now[0].url }] : now
    })
    for (const it of wanted.pictures) {
      void dropFile(it.id)
      if (it.mask) void dropFile(it.mask.id)
    }
    if (made.length < made.flat().length && made.flat().some((it) => it.written)) this.#captioned()
    if (before) void discard(before)
  }
}

/** What another subject is needed for if it changes. */
function keyOf(classWord: string, list: Picture[]): string {
  return `${classWord}\n${list.map(({ id, mask, unmasked }) => [id, mask?.id, unmasked].filter(Boolean).join('+'))}`
}

/** What each of the pictures that were sent has become: itself, or those of the archive that it was. */
function madeOf(subject: Subject, sent: Picture[]): Picture[][] {
  const stored = picturesOf(subject)
  if (sent.length !== stored.length) return [stored]
  return sent.map((it, i) => [{ ...it, at: i, url: undefined, name: it.url ? (stored[i]?.name ?? it.name) : it.name }])
}
