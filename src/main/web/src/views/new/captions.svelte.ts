import { createMutation } from '@tanstack/svelte-query'
import { api, body, type Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { queries } from '../../api/queries'
import type { Pictures } from './pictures.svelte'

/** How long a caption stands still before it is stored, in ms. */
const PAUSE = 700

/** Time between two looks at a task, in ms. */
const POLL = 1_500

/** The captions of the form's pictures, which the service keeps with the subject. */
export class Captions {
  readonly #pictures: Pictures
  readonly texts = $derived.by(() => this.#pictures.list.map((it) => it.caption ?? plain(this.#pictures.classWord)))
  readonly #unsaved = $derived.by(() => {
    const subject = this.#pictures.ready
    const stored = subject?.captions?.map((it) => it.text)
    return this.on() && subject && !equal(this.texts, stored) ? { subject, texts: this.texts } : undefined
  })

  #saving = Promise.resolve()
  #save = createMutation(() => ({ mutationFn: store }), () => queries)
  #proposal = createMutation(() => ({ mutationFn: propose }), () => queries)

  /** @param on whether the pictures have captions */
  constructor(pictures: Pictures, readonly on: () => boolean) {
    this.#pictures = pictures
    $effect(() => {
      if (!this.#unsaved || this.#save.isPending || this.problem) return
      const timer = setTimeout(() => void this.flush(), PAUSE)
      return () => clearTimeout(timer)
    })
  }

  /** Whether the service has other captions than the form. */
  get unsaved(): boolean {
    return this.#unsaved !== undefined
  }

  get proposing(): boolean {
    return this.#proposal.isPending
  }

  /** Why the captions as they are were refused. */
  get problem(): Problem | undefined {
    const refused = this.#save.isError && equal(this.texts, this.#save.variables?.texts) ? this.#save.error : undefined
    return refused ? Problem.from(refused) : undefined
  }

  /** Why there is no proposal. */
  get unproposed(): Problem | undefined {
    return this.#proposal.error ? Problem.from(this.#proposal.error) : undefined
  }

  problemOf(position: number): string | undefined {
    return this.problem?.field(`captions.${position}`)
  }

  /** Stores the captions now, or after those that are on their way. */
  flush(): Promise<void> {
    return (this.#saving = this.#saving.then(() => this.#store()))
  }

  async #store(): Promise<void> {
    const unsaved = this.#unsaved
    if (!unsaved) return
    const captions = await this.#save.mutateAsync(unsaved).catch(() => undefined)
    if (captions) this.#keep(unsaved.subject, captions)
    // A mutation tells its observers in a task of its own.
    else await new Promise((resolve) => setTimeout(resolve))
  }

  /**
   * Asks for a caption of each picture. What somebody has written stays.
   *
   * @returns whether there are captions
   */
  async propose(model: string | undefined): Promise<boolean> {
    const subject = this.#pictures.ready
    if (!subject) return false
    const places = new Map(this.#pictures.list.map(({ id }, i) => [id, i]))
    const proposal = await this.#proposal.mutateAsync({ subject, model }).catch(() => undefined)
    if (!proposal) return false
    this.#pictures.list = this.#pictures.list.map((it) => ({
      ...it, caption: it.written ? it.caption : proposal.texts[places.get(it.id) ?? -1] ?? it.caption,
    }))
    this.#keep(subject, proposal.stored)
    return true
  }

  #keep(subject: Schema<'Subject'>, captions: Schema<'Caption'>[]): void {
    const now = this.#pictures.subject
    if (now?.id === subject.id) this.#pictures.subject = { ...now, captions }
  }
}

/** What a picture shows if nothing else is said. Models know English. */
export function plain(classWord: string): string {
  return `a photo of a ${classWord}`
}

function equal(some: readonly string[], others: readonly unknown[] | undefined): boolean {
  return some.length === others?.length && some.every((it, i) => it === others[i])
}

async function store({ subject, texts }: { subject: Schema<'Subject'>; texts: string[] }): Promise<Schema<'Caption'>[]> {
  const params = { path: { id: subject.id ?? '' } }
  return (await body(api.PUT('/v1/subjects/{id}/captions', { params, body: { captions: texts } }))).results ?? []
}

/** The texts that a task proposes, and what the subject has afterwards: other captions if they were changed meanwhile. */
async function propose(
  { subject, model }: { subject: Schema<'Subject'>; model: string | undefined },
): Promise<{ texts: (string | undefined)[]; stored: Schema<'Caption'>[] }> {
  const params = { path: { id: subject.id ?? '' } }
  let task = await body(api.POST('/v1/subjects/{id}/captions', {
    params: { ...params, header: { Prefer: 'wait=10' } }, body: model ? { model } : {},
  }))
  while (task.status === 'queued' || task.status === 'starting' || task.status === 'processing') {
    await new Promise((resolve) => setTimeout(resolve, POLL))
    task = await body(api.GET('/v1/captions/{id}', { params: { path: { id: task.id ?? '' } } }))
  }
  if (task.status !== 'succeeded') throw Problem.of(0, { code: task.error?.code, title: '', detail: task.error?.message })
  const { results = [] } = await body(api.GET('/v1/subjects/{id}/captions', { params }))
  return { texts: (task.captions ?? []).map((it) => it.text), stored: results }
}
