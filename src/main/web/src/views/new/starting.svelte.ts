import { createMutation } from '@tanstack/svelte-query'
import { api, body, type Schema } from '../../api/client'
import { queries } from '../../api/queries'
import { createOnce } from '../../lib/once'
import type { Draft } from './draft.svelte'
import { json, type JobRequest } from './request'

/** A job that is about to be sent, of a subject. */
interface Sent {
  id: string
  request: JobRequest
  cancelAfter: string
}

/** What was entered as the value of a header, which has ASCII only: the service then says what it expects. */
function header(text: string): string {
  return text.replace(/[^ -~]/g, '?')
}

/** The start of a draft's training, which goes on if its view is left. */
export class Starting {
  readonly #draft: Draft
  #outcome: Promise<Schema<'Job'> | undefined> | undefined
  #given = new AbortController()
  #begin = createMutation(() => ({ mutationFn: (signal: AbortSignal) => this.#run(signal) }), () => queries)
  #send = createOnce(
    {
      send: ({ id, request, cancelAfter }: Sent, key) => body(api.POST('/v1/subjects/{id}/jobs', {
        params: { path: { id }, header: { 'Idempotency-Key': key, ...(cancelAfter && { 'Cancel-After': header(cancelAfter) }) } }, body: request,
      })),
    },
    () => queries,
  )

  constructor(draft: Draft) {
    this.#draft = draft
  }

  get busy(): boolean {
    return this.#begin.isPending
  }

  /** Whether it waits for the check of the pictures. */
  get waiting(): boolean {
    return this.busy && !this.#send.isPending
  }

  /** Why the service refused the job as it is. */
  get refused(): Error | undefined {
    const { error, variables } = this.#send
    const same = variables && json(variables.request) === json(this.#draft.request) && variables.cancelAfter === this.#draft.cancelAfter
    return error && same ? error : undefined
  }

  /**
   * Starts it as soon as its pictures are checked.
   *
   * @returns the job; undefined if something must be mended first, or if it was canceled
   */
  begin(): Promise<Schema<'Job'> | undefined> {
    return (this.#outcome ??= this.#begin.mutateAsync(this.#given.signal).finally(() => (this.#outcome = undefined)))
  }

  /** Starts nothing, unless it is on its way already. */
  cancel(): void {
    this.#given.abort()
    this.#given = new AbortController()
    this.#outcome = undefined
    this.#begin.reset()
  }

  async #run(signal: AbortSignal): Promise<Schema<'Job'> | undefined> {
    const draft = this.#draft
    const { pictures, captions } = draft
    draft.tried = true
    // Something may change during the wait, and then there is something new to wait for.
    do {
      draft.name()
      await pictures.flush()
      await captions.flush()
    } while (!signal.aborted && (pictures.due || (captions.unsaved && !captions.problem)))
    const id = pictures.ready?.id
    if (signal.aborted || !id || !draft.classWord.trim() || captions.unsaved) return undefined
    return this.#send.mutateAsync({ id, request: draft.request, cancelAfter: draft.cancelAfter }).catch(() => undefined)
  }
}
