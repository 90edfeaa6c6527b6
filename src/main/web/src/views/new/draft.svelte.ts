import type { Schema } from '../../api/client'
import { Captions } from './captions.svelte'
import { Pictures } from './pictures.svelte'
import type { JobRequest } from './request'
import { changed, nested, type Value, type Values } from './settings'

/** What is kept of a draft while the page is reloaded. */
interface Kept {
  classWord: string
  values: Values
  webhook: string
  captioned: boolean
  /** The subject, and whether it is the draft's own: not one that was there before. */
  subject: string | undefined
  own: boolean
}

/** A job before it starts. It lives as long as the browser's tab; each subject that is trained again has its own. */
export class Draft {
  readonly pictures: Pictures
  readonly captions: Captions
  classWord = $state('')
  values = $state.raw<Values>({})
  webhook = $state('')
  /** Whether each picture has its own caption. */
  captioned = $state(false)
  /** Whether one has tried to start, so that what is missing is shown. */
  tried = $state(false)
  readonly #slot: string
  #forgotten = false

  readonly request = $derived.by<JobRequest>(() => {
    const captions = this.captioned && this.pictures.ready && !this.captions.unsaved && !('training.captions' in this.values) && !('training.caption_source' in this.values)
    const spec = nested(captions ? changed(this.values, 'training.caption_source', 'subject') : this.values) as Schema<'JobSpec'>
    return {
      ...(this.classWord.trim() && { class_word: this.classWord.trim() }),
      ...(Object.keys(spec).length && { spec }),
      ...(this.webhook && { webhook: this.webhook }),
    }
  })

  constructor(slot: string, subject?: Schema<'Subject'>) {
    this.#slot = slot
    const kept = Draft.kept(slot)
    this.pictures = new Pictures(subject, kept?.own ?? false)
    this.captions = new Captions(this.pictures, () => this.captioned)
    this.classWord = kept?.classWord ?? subject?.class_word ?? ''
    this.values = kept?.values ?? {}
    this.webhook = kept?.webhook ?? ''
    this.captioned = kept?.captioned ?? Boolean(subject?.captions?.length)
    $effect(() => {
      const { classWord, values, webhook, captioned } = this
      const { subject: stored, own } = this.pictures
      const now: Kept = { classWord, values, webhook, captioned, subject: stored?.id, own }
      if (!this.#forgotten) sessionStorage.setItem(slot, JSON.stringify(now))
    })
  }

  /** What is kept of a draft; undefined if there is none. */
  static kept(slot: string): Kept | undefined {
    return (JSON.parse(sessionStorage.getItem(slot) ?? 'null') as Kept | null) ?? undefined
  }

  /** Keeps nothing any more. */
  forget(): void {
    this.#forgotten = true
    sessionStorage.removeItem(this.#slot)
  }

  set(path: string, value: Value | undefined): void {
    this.values = changed(this.values, path, value)
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
    return !this.pictures.list.length && !this.classWord && !this.webhook && !Object.keys(this.values).length
  }
}
