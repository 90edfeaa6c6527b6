import type { Tokens } from './openid'

/** What the service says about its callers: GET studio/settings.json. */
export interface Settings {
  authentication: 'none' | 'key' | 'openid'
  openid: { issuer: string; client_id: string; scopes: string } | null
  version: string
}

const KEY = 'likeness.key'
const TOKENS = 'likeness.tokens'

/** Who calls the API. Credentials live as long as the browser's tab, and are never part of a URL. */
class Session {
  settings = $state.raw<Settings>({ authentication: 'none', openid: null, version: '' })
  /** Whether the service has refused the last credentials. */
  refused = $state(false)
  #key = $state(sessionStorage.getItem(KEY))
  #tokens = $state.raw<Tokens | null>(JSON.parse(sessionStorage.getItem(TOKENS) ?? 'null') as Tokens | null)

  /** Asks the service how callers authenticate, and completes a sign-in that has just come back from the issuer. */
  async start(): Promise<void> {
    const response = await fetch('studio/settings.json')
    if (!response.ok) throw new TypeError(`settings: HTTP ${response.status}`)
    this.settings = (await response.json()) as Settings
    const openid = this.settings.openid
    if (openid && new URLSearchParams(location.search).has('state')) {
      this.#keepTokens(await (await import('./openid')).completeSignIn(openid))
    }
  }

  get signedIn(): boolean {
    return this.settings.authentication === 'none' || this.#key !== null || this.#tokens !== null
  }

  /** Whether there are credentials to forget. */
  get hasCredentials(): boolean {
    return this.#key !== null || this.#tokens !== null
  }

  useKey(key: string): void {
    this.refused = false
    this.#key = key
    sessionStorage.setItem(KEY, key)
  }

  /** Leaves the page for the issuer's. */
  async signInWithIssuer(): Promise<void> {
    const openid = this.settings.openid
    if (openid) await (await import('./openid')).startSignIn(openid)
  }

  signOut(): void {
    this.#key = null
    sessionStorage.removeItem(KEY)
    this.#keepTokens(null)
  }

  /** The service did not accept the credentials. */
  refuse(): void {
    this.refused = this.hasCredentials
    this.signOut()
  }

  /** Adds the credentials to a request. */
  async authorize(headers: Headers): Promise<void> {
    const { openid } = this.settings
    if (openid && this.#tokens && this.#tokens.expires < Date.now()) {
      const { refresh } = await import('./openid')
      this.#keepTokens(await refresh(openid, this.#tokens).catch(() => null))
    }
    const credential = this.#key ?? this.#tokens?.access
    if (credential) headers.set('Authorization', `Bearer ${credential}`)
  }

  #keepTokens(tokens: Tokens | null): void {
    this.#tokens = tokens
    if (tokens) sessionStorage.setItem(TOKENS, JSON.stringify(tokens))
    else sessionStorage.removeItem(TOKENS)
  }
}

export const session = new Session()
