import { SvelteMap } from 'svelte/reactivity'
import { api } from '../api/client'
import { Problem } from '../api/problem'
import { queries } from '../api/queries'
import { session, SIGNED_OUT } from '../api/session.svelte'
import { i18n } from '../texts'
import { toasts } from './toasts.svelte'

/** Paths of the API whose resources can be deleted by one's mistake. */
export type Deletable = '/v1/jobs/{id}' | '/v1/subjects/{id}' | '/v1/adapters/{id}' | '/v1/evaluations/{id}' | '/v1/class-sets/{id}'

/** How long a deletion can be undone, in ms. */
const UNDO = 10_000

/** How long a sign-out waits for deletions, in ms. */
const PATIENCE = 3_000

/**
 * Deletions that can be undone: the API has no undo, so they are sent ten seconds later. Until then, views leave out what will be
 * deleted. A page that is closed or signs out sends them at once.
 */
class Deletions {
  /** The message about each that is not answered yet, by URL; undefined once it cannot be undone any more. */
  readonly #waiting = new SvelteMap<string, number | undefined>()
  readonly #sent = new Set<Promise<void>>()

  constructor() {
    addEventListener('pagehide', () => this.#sendNow())
  }

  /**
   * Deletes later, and says so in a message with "Undo".
   *
   * @param name what is deleted, as it is shown, such as "sks owl"
   */
  later(path: Deletable, id: string, name: string): void {
    const key = path + id
    const caller = session.callers
    const gone = () => {
      if (!this.#waiting.has(key)) return
      this.#waiting.set(key, undefined)
      const sent = this.#send(path, id, name, caller).finally(() => {
        this.#waiting.delete(key)
        this.#sent.delete(sent)
      })
      this.#sent.add(sent)
    }
    const { done, undo } = i18n.texts.deletion
    const action = { label: undo, run: () => this.#waiting.delete(key) }
    this.#waiting.set(key, toasts.say(done(name), { shown: UNDO, gone, action }))
  }

  /** A list as it is shown. */
  without<T extends { id?: string }>(path: Deletable, list: T[]): T[] {
    return list.filter((it) => !this.#waiting.has(path + (it.id ?? '')))
  }

  /**
   * Sends all at once, and waits for the answers, though not for long. Nothing can be undone any more, whatever it was. Afterwards,
   * the page may forget the caller.
   */
  async settle(): Promise<void> {
    const gone = toasts.list.filter((it) => it.gone).map((it) => toasts.dismiss(it.id))
    await Promise.race([Promise.all([...gone, ...this.#sent]), new Promise((over) => setTimeout(over, PATIENCE))])
  }

  #sendNow(): void {
    for (const toast of [...this.#waiting.values()]) if (toast !== undefined) toasts.dismiss(toast)
  }

  /** @param caller who deletes it, as `session.callers` counts */
  async #send(path: Deletable, id: string, name: string, caller: number): Promise<void> {
    try {
      await api.DELETE(path, { params: { path: { id } }, keepalive: true })
    } catch (thrown) {
      const { status, code } = Problem.from(thrown)
      if (code === SIGNED_OUT) toasts.say(i18n.texts.deletion.notSent(name))
      // Somebody else may have been faster. After a sign-in, it may be another owner's, and is not deleted.
      else if (status !== 404 || caller !== session.callers) toasts.fail(thrown)
    }
    await queries.invalidateQueries()
  }
}

export const deletions = new Deletions()
