import { Problem } from '../api/problem'
import { i18n } from '../texts'

export interface Toast {
  id: number
  /** What the text is about, if it does not say so itself. */
  title?: string | undefined
  text: string
  /** Of the text, if it is not the page's: the service speaks English. */
  lang?: 'en' | undefined
  bad: boolean
  action?: { label: string; run: () => void } | undefined
  /** How long it stays, in ms; without it, until it is dismissed. */
  shown?: number | undefined
  /** Called once when it is gone, for whatever reason. */
  gone?: (() => unknown) | undefined
}

/** How long a message stays, in ms. A failure stays until it is dismissed. */
const SHOWN = 8_000

/** Short messages about what the user has just done. Screen readers say them, too. */
class Toasts {
  list = $state.raw<Toast[]>([])
  #last = 0
  #held = false
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>()

  /** @param more a button in the message, such as "Undo"; another time that it stays; what follows when it is gone
   *  @returns its id */
  say(text: string, more: Pick<Toast, 'action' | 'shown' | 'gone'> = {}): number {
    return this.#add({ text, bad: false, shown: SHOWN, ...more })
  }

  fail(thrown: unknown, more: Pick<Toast, 'title' | 'action'> = {}): void {
    const { title, detail, code } = Problem.from(thrown)
    const said = [title, detail].filter(Boolean).join(': ')
    const { unreachable, unknown } = i18n.texts.problem
    this.#add({ text: said || (code === 'unreachable' ? unreachable : unknown), lang: said ? 'en' : undefined, bad: true, ...more })
  }

  /** @returns what its `gone` returned */
  dismiss(id: number): unknown {
    const toast = this.list.find((it) => it.id === id)
    this.#stop(id)
    this.list = this.list.filter((it) => it.id !== id)
    // What was pointed at or had the focus may be gone.
    if (this.#held) this.hold(false)
    return toast?.gone?.()
  }

  /** While somebody points at the messages or has the focus in them, they stay. Their time begins anew afterwards. */
  hold(on: boolean): void {
    this.#held = on
    for (const toast of this.list) {
      if (on) this.#stop(toast.id)
      else this.#start(toast)
    }
  }

  #add(toast: Omit<Toast, 'id'>): number {
    const added = { ...toast, id: ++this.#last }
    this.list = [...this.list, added]
    if (!this.#held) this.#start(added)
    return added.id
  }

  #start({ id, shown }: Toast): void {
    this.#stop(id)
    if (shown !== undefined) this.#timers.set(id, setTimeout(() => this.dismiss(id), shown))
  }

  #stop(id: number): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
  }
}

export const toasts = new Toasts()
