import * as oauth from 'oauth4webapi'
import { i18n } from '../texts'
import { Problem } from './problem'
import type { Settings } from './session.svelte'

type Issuer = NonNullable<Settings['openid']>

/** An access token, when to replace it (ms since 1970), and what replaces it. */
export interface Tokens {
  access: string
  expires: number
  refresh: string | undefined
}

/** What a sign-in that is under way needs when the issuer answers. */
interface Pending {
  verifier: string
  state: string
  /** The place in the page to return to. */
  hash: string
}

const PENDING = 'likeness.sign-in'

/**
 * How the issuer's answer comes from another window to the one that has asked, which replies with the answer's state. The code in
 * it is of no use without the verifier. An issuer may cut the two windows' other ties.
 */
const CHANNEL = 'likeness.sign-in'

/** How long another window may take for this reply, in ms. */
const REPLY = 2_000

/** Issuers on this machine are for tests and development, and may do without TLS. */
function options(issuer: Issuer): { [oauth.allowInsecureRequests]: boolean } {
  const { hostname } = new URL(issuer.issuer)
  return { [oauth.allowInsecureRequests]: hostname === 'localhost' || hostname === '127.0.0.1' }
}

async function discover(issuer: Issuer): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer.issuer)
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options(issuer)))
}

function redirectUri(): string {
  return location.origin + location.pathname
}

/** The issuer's page for a sign-in with the authorization code flow and PKCE. */
async function prepare(issuer: Issuer): Promise<{ pending: Pending; url: URL }> {
  const server = await discover(issuer)
  if (!server.authorization_endpoint) throw new Error(`${issuer.issuer} has no authorization endpoint`)
  const pending = { verifier: oauth.generateRandomCodeVerifier(), state: oauth.generateRandomState(), hash: location.hash }
  const url = new URL(server.authorization_endpoint)
  for (const [name, value] of Object.entries({
    client_id: issuer.client_id,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope: issuer.scopes,
    state: pending.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  })) {
    url.searchParams.set(name, value)
  }
  return { pending, url }
}

/** Exchanges the code in the issuer's answer for tokens. */
async function exchange(issuer: Issuer, pending: Pending, answer: URLSearchParams): Promise<Tokens> {
  const server = await discover(issuer)
  const client = { client_id: issuer.client_id }
  const valid = oauth.validateAuthResponse(server, client, answer, pending.state)
  const response = await oauth.authorizationCodeGrantRequest(
    server, client, oauth.None(), valid, redirectUri(), pending.verifier, options(issuer))
  return kept(await oauth.processAuthorizationCodeResponse(server, client, response))
}

/** Leaves the page, which the issuer opens again with its answer. */
export async function startSignIn(issuer: Issuer): Promise<void> {
  const { pending, url } = await prepare(issuer)
  sessionStorage.setItem(PENDING, JSON.stringify(pending))
  location.assign(url)
}

/**
 * Signs in in another window, so that nothing in this page is lost.
 *
 * @param beside the window; null if the browser has blocked it
 */
export async function signInBeside(issuer: Issuer, beside: Window | null): Promise<Tokens> {
  if (!beside || beside.closed) throw new Error(i18n.texts.signIn.blocked)
  const { pending, url } = await prepare(issuer).catch((thrown: unknown) => {
    beside.close()
    throw thrown
  })
  beside.location.replace(url)
  const answer = await new Promise<URLSearchParams>((resolve) => {
    const channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = ({ data }) => {
      const parameters = new URLSearchParams(String(data))
      if (parameters.get('state') !== pending.state) return
      channel.postMessage(pending.state)
      channel.close()
      resolve(parameters)
    }
  })
  return exchange(issuer, pending, answer)
}

/**
 * Completes the sign-in whose answer is in the page's URL, and removes it from there.
 *
 * @returns null if another window had asked, which has the answer now
 */
export async function completeSignIn(issuer: Issuer): Promise<Tokens | null> {
  const answer = new URLSearchParams(location.search)
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? 'null') as Pending | null
  sessionStorage.removeItem(PENDING)
  history.replaceState(null, '', location.pathname)
  // A window begins with a copy of what its opener has stored, which may be of an earlier sign-in.
  if (pending?.state === answer.get('state')) {
    if (pending.hash) location.replace(pending.hash)
    return exchange(issuer, pending, answer)
  }
  if (!(await passOn(answer))) throw new Error(i18n.texts.signIn.unasked)
  // Browsers close only what a script has opened, and forget who it was.
  close()
  return null
}

/** Passes an answer to the window that had asked for it, and says whether there is one. */
async function passOn(answer: URLSearchParams): Promise<boolean> {
  const channel = new BroadcastChannel(CHANNEL)
  const taken = await new Promise<boolean>((resolve) => {
    channel.onmessage = ({ data }) => data === answer.get('state') && resolve(true)
    channel.postMessage(String(answer))
    setTimeout(() => resolve(false), REPLY)
  })
  channel.close()
  return taken
}

/** New tokens for expired ones; null if the issuer gives none without a sign-in. An issuer that cannot be reached says neither. */
export async function refresh(issuer: Issuer, tokens: Tokens): Promise<Tokens | null> {
  if (!tokens.refresh) return null
  const server = await discover(issuer)
  const client = { client_id: issuer.client_id }
  const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh, options(issuer))
  try {
    return kept(await oauth.processRefreshTokenResponse(server, client, response), tokens.refresh)
  } catch (thrown) {
    if (thrown instanceof oauth.ResponseBodyError) return null
    throw thrown
  }
}

/** Tells the issuer that the tokens are no longer used. Those that cannot be told expire by themselves. */
export async function revoke(issuer: Issuer, tokens: Tokens): Promise<void> {
  const server = await discover(issuer)
  if (!server.revocation_endpoint) return
  const client = { client_id: issuer.client_id }
  await oauth.revocationRequest(server, client, oauth.None(), tokens.refresh ?? tokens.access, options(issuer))
}

/** Replaced half a minute early, so that a request on its way still arrives in time. */
function kept(response: oauth.TokenEndpointResponse, earlier?: string): Tokens {
  const seconds = response.expires_in ?? 300
  const used = Math.max(seconds - 30, seconds / 2)
  return { access: response.access_token, expires: Date.now() + used * 1000, refresh: response.refresh_token ?? earlier }
}

/** Why nobody was signed in. */
export function signInProblem(issuer: Issuer, thrown: unknown): Problem {
  const t = i18n.texts.signIn
  const said = thrown instanceof oauth.AuthorizationResponseError || thrown instanceof oauth.ResponseBodyError
  const message = said ? (thrown.error_description ?? thrown.error) : Problem.from(thrown).detail
  return new Problem(0, 'sign_in', t.failed, thrown instanceof TypeError ? t.issuerFailed(new URL(issuer.issuer).host) : message)
}
