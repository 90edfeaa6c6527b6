import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { session } from '../../api/session.svelte'
import { toasts } from '../../lib/toasts.svelte'
import { i18n } from '../../texts'
import type { Beginning } from './beginning'
import { Draft } from './draft.svelte'
import { discard } from './upload'

/** How long one can return to a draft after starting over, in ms. */
const UNDO = 10_000

interface Open {
  draft: Draft
  /** Ends its effects. */
  stop: () => void
}

/**
 * The drafts of this tab. They stay when their view is left, and what they upload goes on. Each subject and each job that is
 * trained again has its own, which `sessionStorage` keeps through a reload. With the caller they go.
 */
class Drafts {
  readonly #open = new SvelteMap<string, Open>()

  constructor() {
    $effect.root(() => {
      $effect(() => {
        if (!session.signedIn) untrack(() => this.#open.forEach((it) => this.#close(it)))
      })
    })
  }

  at(slot: string): Draft | undefined {
    return this.#open.get(slot)?.draft
  }

  /** Nothing, if there is one already: a draft that was set aside may have come back meanwhile. */
  begin(slot: string, begins: Beginning): void {
    if (this.#open.has(slot)) return
    const stop = $effect.root(() => {
      const draft = new Draft(slot, begins)
      this.#open.set(slot, { draft, stop: () => stop() })
      $effect(() => {
        if (this.at(slot) !== draft) return
        if (draft.empty) sessionStorage.removeItem(slot)
        else sessionStorage.setItem(slot, JSON.stringify(draft.kept))
      })
    })
  }

  /** Its training has started, and has its subject. Another draft may have taken its place. */
  end(draft: Draft): void {
    const open = this.#open.get(draft.slot)
    if (open?.draft === draft) this.#close(open)
  }

  /** Begins anew. For a while, one can return to what was there. */
  restart({ slot }: Draft): void {
    const before = this.#open.get(slot)
    if (!before) return
    before.draft.starting.cancel()
    this.#open.delete(slot)
    sessionStorage.removeItem(slot)
    const { restarted } = i18n.texts.new
    let undone = false
    toasts.say(restarted, {
      shown: UNDO,
      action: {
        label: i18n.texts.deletion.undo,
        run: () => {
          undone = true
          const since = this.#open.get(slot)
          if (since) void this.#throwAway(since)
          this.#open.set(slot, before)
        },
      },
      gone: () => undone || this.#throwAway(before),
    })
  }

  async #throwAway(open: Open): Promise<void> {
    const { subject, own } = open.draft.pictures
    this.#close(open)
    if (subject && own) await discard(subject)
  }

  #close({ draft, stop }: Open): void {
    if (this.at(draft.slot) === draft) {
      this.#open.delete(draft.slot)
      sessionStorage.removeItem(draft.slot)
    }
    draft.starting.cancel()
    draft.pictures.release()
    // Its view is still there for a moment.
    setTimeout(stop)
  }
}

export const drafts = new Drafts()
