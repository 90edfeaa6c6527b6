import { Problem } from '../api/problem'

export interface Toast {
  id: number
  text: string
  bad: boolean
  action?: { label: string; run: () => void } | undefined
}

/** How long a message stays, in ms. A failure stays until it is dismissed. */
const SHOWN = 8_000

/** Short messages about what the user has just done. Screen readers say them, too. */
class Toasts {
  list = $state.raw<Toast[]>([])
  #last = 0

  /** @param action a button in the message, such as "Undo" */
  say(text: string, action?: Toast['action']): void {
    const { id } = this.#add({ text, bad: false, action })
    setTimeout(() => this.dismiss(id), SHOWN)
  }

  fail(thrown: unknown): void {
    const problem = Problem.from(thrown)
    this.#add({ text: [problem.title, problem.detail].filter(Boolean).join(': ') || problem.code, bad: true })
  }

  dismiss(id: number): void {
    this.list = this.list.filter((it) => it.id !== id)
  }

  #add(toast: Omit<Toast, 'id'>): Toast {
    const added = { ...toast, id: ++this.#last }
    this.list = [...this.list, added]
    return added
  }
}

export const toasts = new Toasts()
