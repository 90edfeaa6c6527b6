import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Tokens } from './openid'

const stored = new Map<string, string>()
const methods = {
  getItem: (name: string) => stored.get(name) ?? null,
  setItem: (name: string, value: string) => stored.set(name, value),
  removeItem: (name: string) => stored.delete(name),
  clear: () => stored.clear(),
}
/** Like the browser's, it has its entries as properties. */
vi.stubGlobal('sessionStorage', new Proxy<object>(methods, {
  ownKeys: () => [...stored.keys()],
  getOwnPropertyDescriptor: (_, name) => ({ value: stored.get(String(name)), enumerable: true, configurable: true }),
  get: (_, name) => methods[name as keyof typeof methods] ?? stored.get(String(name)),
}))
vi.stubGlobal('location', { href: 'http://localhost/', search: '' })
const refresh = vi.fn<() => Promise<Tokens | null>>()
const dropFile = vi.fn<(id: string) => Promise<void>>(() => Promise.resolve())
vi.mock('../lib/files', () => ({ dropFile }))
vi.mock('./openid', () => ({ refresh, revoke: () => Promise.resolve() }))
const answers: number[] = []
const sent: (string | null)[] = []
let whenSent = () => {}
const settings = { authentication: 'openid', openid: { issuer: 'https://id', client_id: 'studio', scopes: 'openid' }, version: '1' }
vi.stubGlobal('fetch', (input: Request | string) => {
  if (typeof input === 'string') return Promise.resolve(Response.json(settings))
  sent.push(input.headers.get('Authorization'))
  whenSent()
  return input.text().then((text) => new Response(text, { status: answers.shift() ?? 200 }))
})

const tokens = (access: string, expires: number): Tokens => ({ access, expires: Date.now() + expires, refresh: 'again' })
const call = () => authorizedFetch('http://localhost/v1/jobs', { method: 'POST', body: 'what was entered' })
let session: typeof import('./session.svelte').session
let authorizedFetch: typeof import('./client').authorizedFetch

beforeEach(() => {
  stored.clear()
  answers.length = sent.length = 0
  refresh.mockReset()
  whenSent = () => {}
})

/** The page as it starts with what the tab has kept. */
async function start(kept: { key?: string; tokens?: Tokens }) {
  if (kept.key) stored.set('likeness.key', kept.key)
  if (kept.tokens) stored.set('likeness.tokens', JSON.stringify(kept.tokens))
  vi.resetModules()
  ;({ session } = await import('./session.svelte'))
  ;({ authorizedFetch } = await import('./client'))
  await session.start()
}

describe('an expired token', () => {
  test('is refreshed once for all calls', async () => {
    await start({ tokens: tokens('old', -1) })
    refresh.mockResolvedValue(tokens('new', 60_000))

    await Promise.all([call(), call(), call()])

    expect(refresh).toHaveBeenCalledOnce()
    expect(sent).toEqual(['Bearer new', 'Bearer new', 'Bearer new'])
    expect(stored.get('likeness.tokens')).toContain('"new"')
  })

  test('is kept when the issuer cannot be reached', async () => {
    await start({ tokens: tokens('old', -1) })
    refresh.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValueOnce(tokens('new', 60_000))

    await expect(call()).rejects.toThrow(TypeError)
    expect(session.lapsed).toBeUndefined()
    expect((await call()).status).toBe(200)
  })

  test('leaves the view, whose calls wait for the next sign-in', async () => {
    await start({ tokens: tokens('old', -1) })
    refresh.mockResolvedValue(null)

    const waiting = [call(), call()]
    await vi.waitUntil(() => session.lapsed)
    expect(session.lapsed).toBe('expired')
    expect(session.signedIn).toBe(true)
    expect(sent).toEqual([])
    session.useKey('lk_new')

    expect(await Promise.all(waiting.map(async (it) => (await it).text()))).toEqual(['what was entered', 'what was entered'])
    expect(session.lapsed).toBeUndefined()
  })

  test('does not return after somebody has signed out', async () => {
    await start({ tokens: tokens('old', -1) })
    let answer = (_: Tokens) => {}
    refresh.mockReturnValue(new Promise((resolve) => (answer = resolve)))
    answers.push(401)

    const late = call()
    await vi.waitUntil(() => refresh.mock.calls.length)
    session.signOut()
    answer(tokens('new', 60_000))

    expect((await late).status).toBe(401)
    expect(session.signedIn).toBe(false)
    expect(stored.size).toBe(0)
  })
})

describe('a sign-out', () => {
  test('forgets what was entered, and the pictures of this tab', async () => {
    await start({ key: 'lk_key' })
    stored.set('likeness.draft', JSON.stringify({ pictures: [{ id: '1-1' }, { id: '2-2' }] }))
    stored.set('likeness.draft.owl', JSON.stringify({ pictures: [{ id: '3-3', mask: '4-4' }] }))
    stored.set('likeness.draft.result', '{}')

    session.signOut()

    expect(dropFile.mock.calls).toEqual([['1-1'], ['2-2'], ['3-3'], ['4-4']])
    expect(stored.size).toBe(0)
  })
})

describe('a refused key', () => {
  test('is replaced, and the call is sent again as it was', async () => {
    await start({ key: 'lk_old' })
    answers.push(401)

    const waiting = call()
    await vi.waitUntil(() => session.lapsed)
    session.useKey('lk_new')

    expect(await (await waiting).text()).toBe('what was entered')
    expect(sent).toEqual(['Bearer lk_old', 'Bearer lk_new'])
  })

  test('of an earlier call does not end the present one', async () => {
    await start({ key: 'lk_old' })
    answers.push(401)
    whenSent = () => session.useKey('lk_new')

    expect((await call()).status).toBe(200)

    expect(sent).toEqual(['Bearer lk_old', 'Bearer lk_new'])
    expect(session.lapsed).toBeUndefined()
    expect(stored.get('likeness.key')).toBe('lk_new')
  })

  test('can be given up', async () => {
    await start({ key: 'lk_old' })
    answers.push(401)

    const waiting = call()
    await vi.waitUntil(() => session.lapsed)
    session.signOut()

    expect((await waiting).status).toBe(401)
    expect(session.signedIn).toBe(false)
  })

  test('is never replaced by none in a call that waited', async () => {
    await start({ key: 'lk_old' })
    answers.push(401)

    const refused = call()
    await vi.waitUntil(() => session.lapsed)
    const waiting = call()
    session.signOut()

    await expect(waiting).rejects.toMatchObject({ status: 401, code: 'signed_out' })
    await refused
    expect(sent).toEqual(['Bearer lk_old'])
  })
})
