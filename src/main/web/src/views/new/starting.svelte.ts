import { api, body, type Schema } from '../../api/client'
import { queries } from '../../api/queries'
import { createOnce } from '../../lib/once'
import type { Draft } from './draft.svelte'
import { json, type JobRequest } from './request'

/** A job that is about to be sent, of a subject. */
interface Sent {
  id: string
  request: JobRequest
}

/** The start of a draft's training, which goes on if its view is left. */
export class Starting {
  /** How far it has come: it waits for the pictures' check, then it sends. */
  stage = $state<'waiting' | 'sending'>()
  readonly #draft: Draft
  #outcome: Promise<Schema<'Job'> | undefined> | undefined
  #start = createOnce(
    {
      send: ({ id, request }: Sent, key) =>
        body(api.POST('/v1/subjects/{id}/jobs', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body: request })),
    },
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
    } while ((draft.pictures.busy || (draft.captions.unsaved && !draft.captions.problem)) && this.stage)
    const id = draft.pictures.ready?.id
    if (!this.stage || !id || !draft.classWord.trim() || draft.captions.unsaved) return undefined
    this.stage = 'sending'
    return this.#start.mutateAsync({ id, request: draft.request }).catch(() => undefined)
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
