import { createMutation } from '@tanstack/svelte-query'
import { api, body, type Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { queries } from '../../api/queries'
import type { Draft } from './draft.svelte'
import { idempotencyKey, json, type JobRequest } from './request'

/** A job that is about to be sent, with a key that makes sending it again safe. */
interface Sent {
  id: string
  request: JobRequest
  key: string
}

/** The start of a draft's training, which goes on if its view is left. */
export class Starting {
  /** How far it has come: it waits for the pictures' check, then it sends. */
  stage = $state<'waiting' | 'sending'>()
  readonly #draft: Draft
  #last = { text: '', key: '' }
  #outcome: Promise<Schema<'Job'> | undefined> | undefined
  #start = createMutation(
    () => ({
      mutationFn: ({ id, request, key }: Sent) =>
        body(api.POST('/v1/subjects/{id}/jobs', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body: request })),
      retry: (failures: number, thrown: Error) => failures < 3 && Problem.from(thrown).temporary && Problem.from(thrown).status !== 429,
    }),
    () => queries,
  )

  constructor(draft: Draft) {
    this.#draft = draft
  }

  /** Why the service refused the job as it is. */
  get refused(): Error | undefined {
    const { error, variables } = this.#start
    return error && variables && json(variables.request) === json(this.#draft.request) ? error : undefined
  }

  /**
   * Starts it as soon as its pictures are checked.
   *
   * @returns the job; undefined if something must be mended first, or if it was canceled
   */
  begin(): Promise<Schema<'Job'> | undefined> {
    return (this.#outcome ??= this.#run().finally(() => this.cancel()))
  }

  /** Starts nothing, unless it is on its way already. */
  cancel(): void {
    this.stage = undefined
    this.#outcome = undefined
  }

  async #run(): Promise<Schema<'Job'> | undefined> {
    const draft = this.#draft
    draft.tried = true
    do {
      this.stage = 'waiting'
      draft.name()
      await until(() => !draft.pictures.busy || !this.stage)
      await draft.captions.flush()
      // Something may have changed during the wait, and then there is something new to wait for.
    } while (draft.pictures.busy && this.stage)
    const id = draft.pictures.ready?.id
    if (!this.stage || !id || !draft.classWord.trim() || draft.captions.unsaved) return undefined
    this.stage = 'sending'
    return this.#start.mutateAsync({ id, request: draft.request, key: this.#keyOf(id + json(draft.request)) }).catch(() => undefined)
  }

  /** The same key for the same request, so that sending it again starts no second job. */
  #keyOf(text: string): string {
    if (this.#last.text !== text) this.#last = { text, key: idempotencyKey() }
    return this.#last.key
  }
}

/** Waits until something is so. */
async function until(condition: () => boolean): Promise<void> {
  let stop = () => {}
  await new Promise<void>((resolve) => {
    stop = $effect.root(() => {
      $effect(() => {
        if (condition()) resolve()
      })
    })
  })
  stop()
}
