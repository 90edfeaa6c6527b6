import createClient, { type Middleware } from 'openapi-fetch'
import { Problem } from './problem'
import type { components, paths } from './schema'
import { session } from './session.svelte'

/** The page's own address, without a file: below it is everything else. */
export const base = new URL('.', location.href.replace(/[?#].*$/, '')).href

/** JSON of the API by its name in the OpenAPI document. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

/** Sends the caller's key or token. If the service refuses it, the call is sent again as soon as the page has another one. */
export async function authorizedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  for (;;) {
    const request = new Request(input instanceof Request ? input.clone() : input, init)
    const credential = await session.credential()
    if (credential) request.headers.set('Authorization', `Bearer ${credential}`)
    const response = await fetch(request)
    if (response.status !== 401 || !(await session.refused(credential))) return response
  }
}

const problems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw Problem.of(response.status, await response.json().catch(() => undefined))
  },
  onError: ({ error }) => Problem.from(error),
}

/** Calls of the API. A failed call throws a {@link Problem}. */
export const api = createClient<paths>({ baseUrl: base, fetch: authorizedFetch })
api.use(problems)

/** The body of an answer: `await body(api.GET('/v1/models'))`. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T
}

/** An API's absolute URL as this page reaches it, which may be through a proxy with another name. */
export function local(url: string): string {
  const { pathname, search } = new URL(url, base)
  return pathname + search
}

/** The cursor in the URL of another page of a list; undefined if there is none. */
export function cursorOf(url: string | null | undefined): string | undefined {
  return url ? (new URL(url, base).searchParams.get('cursor') ?? undefined) : undefined
}
