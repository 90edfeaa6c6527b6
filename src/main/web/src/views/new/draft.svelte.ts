import type { Schema } from '../../api/client'
import type { Beginning, Kept } from './beginning'
import { Captions } from './captions.svelte'
import { WHOLE } from './crop'
import { Pictures } from './pictures.svelte'
import type { JobRequest } from './request'
import { changed, nested, type Value, type Values } from './settings'
import { Starting } from './starting.svelte'

/** Settings with which a training has other captions than its subject's. */
const OTHER_CAPTIONS = ['training.captions', 'training.caption_source']

/** A job before it starts. */
export class Draft {
  readonly pictures: Pictures
  readonly captions: Captions
  readonly starting: Starting
  classWord = $state('')
  values = $state.raw<Values>({})
  webhook = $state('')
  /** A time after which the job is canceled, such as 2h; empty for none. */
  cancelAfter = $state('')
  /** Whether one has tried to start, so that what is missing is shown. */
  tried = $state(false)
  #captioned = $state(false)

  readonly request = $derived.by<JobRequest>(() => {
    const captions = this.captioned && this.pictures.ready && !this.captions.unsaved
    const spec = nested(captions ? changed(this.values, 'training.caption_source', 'subject') : this.values) as Schema<'JobSpec'>
    const { ready, list } = this.pictures
    if (ready && list.some((it) => it.box)) spec.training = { ...spec.training, crop_boxes: list.map((it) => it.box ?? WHOLE) }
    return {
      ...(this.classWord.trim() && { class_word: this.classWord.trim() }),
      ...(Object.keys(spec).length && { spec }),
      ...(this.webhook && { webhook: this.webhook }),
    }
  })

  /** What of it survives a reload, but the files. */
  readonly kept = $derived.by<Kept>(() => ({
    classWord: this.classWord,
    values: this.values,
    webhook: this.webhook,
    cancelAfter: this.cancelAfter,
    captioned: this.captioned,
    subject: this.pictures.subject?.id,
    own: this.pictures.own,
    pictures: this.pictures.list.map(({ file: _, mask, ...it }) => ({ ...it, mask: mask?.id })),
  }))

  /** @param slot where it is kept */
  constructor(readonly slot: string, begins: Beginning) {
    this.pictures = new Pictures(begins, () => (this.captioned = true))
    this.captions = new Captions(this.pictures, () => this.captioned)
    this.starting = new Starting(this)
    this.classWord = begins.classWord
    this.values = begins.values
    this.webhook = begins.webhook
    this.cancelAfter = begins.cancelAfter
    this.#captioned = begins.captioned
    this.name()
  }

  /** Whether each picture has its own caption. */
  get captioned(): boolean {
    return this.#captioned
  }

  set captioned(on: boolean) {
    this.#captioned = on
    if (on) this.values = OTHER_CAPTIONS.reduce<Values>((values, path) => changed(values, path, undefined), this.values)
  }

  set(path: string, value: Value | undefined): void {
    this.values = changed(this.values, path, value)
    if (OTHER_CAPTIONS.includes(path) && path in this.values) this.#captioned = false
  }

  /**
   * The class word is complete, so the pictures can be checked: those of persons for faces. A subject that was there before
   * keeps its own; the job has the other.
   */
  name(): void {
    if (!this.pictures.subject || this.pictures.own) this.pictures.classWord = this.classWord.trim()
  }

  /** Whether nothing was entered yet. */
  get empty(): boolean {
    return !this.pictures.list.length && !this.classWord && !this.webhook && !this.cancelAfter && !Object.keys(this.values).length
  }
}
