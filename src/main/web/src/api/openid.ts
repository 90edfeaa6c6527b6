import * as oauth from 'oauth4webapi'
import type { Settings } from './session.svelte'

type Issuer = NonNullable<Settings['openid']>

/** An access token, when to replace it (ms since 1970), and what replaces it. */
export interface Tokens {
  access: string
  expires: number
  refresh: string | undefined
}

const PENDING = 'likeness.sign-in'

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

/** Authorization code flow with PKCE: leaves the page, which the issuer opens again with a code. */
export async function startSignIn(issuer: Issuer): Promise<void> {
  const server = await discover(issuer)
  if (!server.authorization_endpoint) throw new Error(`${issuer.issuer} has no authorization endpoint`)
  const pending = { verifier: oauth.generateRandomCodeVerifier(), state: oauth.generateRandomState(), hash: location.hash }
  sessionStorage.setItem(PENDING, JSON.stringify(pending))
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
  location.assign(url)
}

/** Exchanges the code in the page's URL for tokens, and removes it from there. */
export async function completeSignIn(issuer: Issuer): Promise<Tokens | null> {
  const parameters = new URLSearchParams(location.search)
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? 'null') as Record<'verifier' | 'state' | 'hash', string> | null
  sessionStorage.removeItem(PENDING)
  history.replaceState(null, '', location.pathname + (pending?.hash ?? ''))
  if (!pending) return null
  const server = await discover(issuer)
  const client = { client_id: issuer.client_id }
  const valid = oauth.validateAuthResponse(server, client, parameters, pending.state)
  const response = await oauth.authorizationCodeGrantRequest(
    server, client, oauth.None(), valid, redirectUri(), pending.verifier, options(issuer))
  return kept(await oauth.processAuthorizationCodeResponse(server, client, response))
}

/** New tokens for expired ones. */
export async function refresh(issuer: Issuer, tokens: Tokens): Promise<Tokens | null> {
  if (!tokens.refresh) return null
  const server = await discover(issuer)
  const client = { client_id: issuer.client_id }
  const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh, options(issuer))
  return kept(await oauth.processRefreshTokenResponse(server, client, response), tokens.refresh)
}

/** Replaced half a minute early, so that a request on its way still arrives in time. */
function kept(response: oauth.TokenEndpointResponse, earlier?: string): Tokens {
  const seconds = (response.expires_in ?? 300) - 30
  return { access: response.access_token, expires: Date.now() + seconds * 1000, refresh: response.refresh_token ?? earlier }
}
