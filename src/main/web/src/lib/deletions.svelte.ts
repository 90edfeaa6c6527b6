import { SvelteMap } from 'svelte/reactivity'
import { api } from '../api/client'
import { Problem } from '../api/problem'
import { queries } from '../api/queries'
import { i18n } from '../texts'
import { toasts } from './toasts.svelte'

/** Paths of the API whose resources can be deleted by one's mistake. */
type Deletable = '/v1/jobs/{id}' | '/v1/subjects/{id}' | '/v1/adapters/{id}' | '/v1/evaluations/{id}'

/** How long a deletion can be undone, in ms. */
const UNDO = 10_000

/**
 * Deletions that can be undone: the API has no undo, so they are sent ten seconds later. Until then, views leave out what will be
 * deleted. A page that is closed sends them at once.
 */
class Deletions {
  /** What to send, by URL. */
  readonly #waiting = new SvelteMap<string, () => void>()

  constructor() {
    addEventListener('pagehide', () => this.#waiting.forEach((send) => send()))
  }

  /**
   * Deletes later, and says so in a message with "Undo".
   *
   * @param name what is deleted, as it is shown, such as "sks owl"
   */
  later(path: Deletable, id: string, name: string): void {
    const key = path + id
    let sent = false
    const send = () => {
      if (sent || !this.#waiting.has(key)) return
      sent = true
      void this.#send(path, id).finally(() => this.#waiting.delete(key))
    }
    this.#waiting.set(key, send)
    const { done, undo } = i18n.texts.deletion
    toasts.say(done(name), { shown: UNDO, gone: send, action: { label: undo, run: () => this.#waiting.delete(key) } })
  }

  /** Whether something is about to be deleted, and shown nowhere. */
  has(path: Deletable, id: string): boolean {
    return this.#waiting.has(path + id)
  }

  /** A list as it is shown. */
  without<T extends { id?: string }>(path: Deletable, list: T[]): T[] {
    return list.filter((it) => !this.has(path, it.id ?? ''))
  }

  /** Somebody else may have been faster. */
  async #send(path: Deletable, id: string): Promise<void> {
    try {
      await api.DELETE(path, { params: { path: { id } }, keepalive: true })
    } catch (thrown) {
      if (Problem.from(thrown).status !== 404) toasts.fail(thrown)
    }
    await queries.invalidateQueries()
  }
}

export const deletions = new Deletions()
