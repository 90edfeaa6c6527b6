import { dropFile } from '../lib/files'
import type { Tokens } from './openid'
import { Problem } from './problem'

/** What the service says about its callers: GET studio/settings.json. */
export interface Settings {
  authentication: 'none' | 'key' | 'openid'
  openid: { issuer: string; client_id: string; scopes: string } | null
  version: string
}

/** The code of the problem that a call has whose caller signed out before it was sent. */
export const SIGNED_OUT = 'signed_out'

const KEY = 'likeness.key'
const TOKENS = 'likeness.tokens'

/** Who calls the API. Credentials live as long as the browser's tab, and are never part of a URL. */
class Session {
  settings = $state.raw<Settings>({ authentication: 'none', openid: null, version: '' })
  /** Why the page asks for new credentials. Until it has them, the view stays as it is, and its calls wait. */
  lapsed = $state<'refused' | 'expired'>()
  /** Why the issuer's answer signed nobody in. */
  failure = $state.raw<Problem>()
  /** Whether this window has passed an issuer's answer to the window that had asked for it, and is of no more use. */
  elsewhere = $state(false)
  /** Counts sign-ins. Another caller may see other data. */
  callers = $state(0)
  #key = $state(sessionStorage.getItem(KEY))
  #tokens = $state.raw<Tokens | null>(JSON.parse(sessionStorage.getItem(TOKENS) ?? 'null') as Tokens | null)
  #asked: { answer: Promise<void>; end: () => void } | undefined
  #refreshing: Promise<void> | undefined

  /** Asks the service how callers authenticate, and completes a sign-in that has just come back from the issuer. */
  async start(): Promise<void> {
    const response = await fetch('studio/settings.json')
    if (!response.ok) throw new TypeError(`settings: HTTP ${response.status}`)
    this.settings = (await response.json()) as Settings
    const openid = this.settings.openid
    if (openid && new URLSearchParams(location.search).has('state')) {
      const { completeSignIn, signInProblem } = await import('./openid')
      try {
        const tokens = await completeSignIn(openid)
        if (tokens) this.#use(null, tokens)
        else this.elsewhere = true
      } catch (thrown) {
        this.failure = signInProblem(openid, thrown)
      }
    }
  }

  get signedIn(): boolean {
    return this.settings.authentication === 'none' || this.hasCredentials || this.lapsed !== undefined
  }

  /** Whether there are credentials to forget. */
  get hasCredentials(): boolean {
    return this.#key !== null || this.#tokens !== null
  }

  useKey(key: string): void {
    this.#use(key, null)
    this.callers++
  }

  /** Leaves the page for the issuer's, or, if there is something to lose in this page, opens that in another window. */
  async signInWithIssuer(): Promise<void> {
    const openid = this.settings.openid
    if (!openid) return
    // Browsers open a window only at once after a click.
    const beside = this.lapsed && open('about:blank', '_blank', 'popup,width=480,height=720')
    const { signInBeside, signInProblem, startSignIn } = await import('./openid')
    this.failure = undefined
    try {
      if (beside !== undefined) {
        this.#use(null, await signInBeside(openid, beside))
        this.callers++
      } else await startSignIn(openid)
    } catch (thrown) {
      this.failure = signInProblem(openid, thrown)
    }
  }

  signOut(): void {
    const { openid } = this.settings
    const tokens = this.#tokens
    this.#use(null, null)
    // What somebody has entered is nobody else's. Files of other tabs stay.
    for (const id of keptPictures()) void dropFile(id)
    sessionStorage.clear()
    // Without an answer of the issuer, the tokens expire by themselves.
    if (openid && tokens) import('./openid').then(({ revoke }) => revoke(openid, tokens)).catch(() => {})
  }

  /**
   * The key or token for a call; null without one. Waits for new ones if the last have lapsed.
   *
   * @throws Problem if the caller signs out in place of an answer, so that nothing is sent without credentials
   */
  async credential(): Promise<string | null> {
    await this.#answered()
    if (this.#tokens && this.#tokens.expires < Date.now()) {
      // One call replaces them for all, because an issuer may accept a refresh token once.
      this.#refreshing ??= this.#refresh(this.#tokens).finally(() => (this.#refreshing = undefined))
      await this.#refreshing
      await this.#answered()
    }
    return this.#current
  }

  /**
   * The service did not accept the credential of a call.
   *
   * @returns whether there is another one now
   */
  async refused(credential: string | null): Promise<boolean> {
    if (credential === null) return false
    if (credential === this.#current) this.#lapse('refused')
    await this.#asked?.answer
    return this.hasCredentials
  }

  async #answered(): Promise<void> {
    if (!this.#asked) return
    await this.#asked.answer
    if (!this.hasCredentials) throw new Problem(401, SIGNED_OUT, '', '')
  }

  get #current(): string | null {
    return this.#key ?? this.#tokens?.access ?? null
  }

  async #refresh(expired: Tokens): Promise<void> {
    const { openid } = this.settings
    const fresh = openid && (await (await import('./openid')).refresh(openid, expired))
    if (this.#tokens !== expired) return
    if (fresh) this.#use(null, fresh)
    else this.#lapse('expired')
  }

  #lapse(why: 'refused' | 'expired'): void {
    this.#keep(null, null)
    this.lapsed = why
    let end = () => {}
    this.#asked ??= { answer: new Promise((resolve) => (end = resolve)), end: () => end() }
  }

  #use(key: string | null, tokens: Tokens | null): void {
    this.#keep(key, tokens)
    this.lapsed = undefined
    this.failure = undefined
    this.#asked?.end()
    this.#asked = undefined
  }

  #keep(key: string | null, tokens: Tokens | null): void {
    this.#key = key
    this.#tokens = tokens
    store(KEY, key)
    store(TOKENS, tokens && JSON.stringify(tokens))
  }
}

/** The ids of the pictures in this tab's drafts, and of their masks, whether the view of them was opened or not. */
function keptPictures(): string[] {
  return Object.entries<string>(sessionStorage)
    .filter(([name]) => name.startsWith('likeness.draft'))
    .flatMap(([, kept]) => (JSON.parse(kept) as { pictures?: { id: string; mask?: string }[] }).pictures ?? [])
    .flatMap(({ id, mask }) => (mask ? [id, mask] : [id]))
}

function store(name: string, value: string | null): void {
  if (value === null) sessionStorage.removeItem(name)
  else sessionStorage.setItem(name, value)
}

export const session = new Session()
