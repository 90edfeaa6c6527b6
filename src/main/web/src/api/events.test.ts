import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const answers: (() => Promise<Response>)[] = []
const sent: (string | null)[] = []
const listeners = new Set<() => void>()
vi.stubGlobal('location', { href: 'http://localhost/' })
vi.stubGlobal('addEventListener', (_type: string, listener: () => void, { signal }: { signal: AbortSignal }) => {
  listeners.add(listener)
  signal.addEventListener('abort', () => listeners.delete(listener))
})
vi.mock('./client', () => ({
  local: (url: string) => url,
  authorizedFetch: (_url: URL, init: RequestInit) => {
    sent.push(new Headers(init.headers).get('Last-Event-ID'))
    return (answers.shift() ?? (() => Promise.reject(new TypeError('no network'))))()
  },
}))
const { jobEvents } = await import('./events')

const LOG = { created_at: '2026-01-31T12:00:00.5Z', message: 'a line' }
const RETRY = 3_000

/** An open stream with a log line. */
function stream(id: number): () => Promise<Response> {
  const text = `id:${id}\nevent:log\ndata:${JSON.stringify(LOG)}\n\n`
  const body = new ReadableStream({ start: (it) => it.enqueue(new TextEncoder().encode(text)) })
  return () => Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }))
}

function status(code: number): () => Promise<Response> {
  return () => Promise.resolve(new Response('', { status: code }))
}

let received: unknown[]
let states: string[]
let close: () => void

function follow(...all: (() => Promise<Response>)[]): Promise<unknown> {
  answers.push(...all)
  close = jobEvents('/v1/jobs/1/events', (event) => received.push(event), (state) => states.push(state))
  return vi.advanceTimersByTimeAsync(100)
}

beforeEach(() => {
  vi.useFakeTimers()
  received = []
  states = []
  answers.length = sent.length = 0
})

afterEach(() => {
  close()
  vi.useRealTimers()
})

describe('the events of a job', () => {
  test('have a number, a time and what they say', async () => {
    await follow(stream(7))

    expect(received).toEqual([{ id: 7, kind: 'log', at: Date.UTC(2026, 0, 31, 12, 0, 0, 500), data: { message: 'a line' } }])
    expect(states).toEqual(['open'])
  })

  test('continue after the last one when the service was away', async () => {
    await follow(stream(7), status(503), stream(8))
    listeners.forEach((offline) => offline())
    await vi.advanceTimersByTimeAsync(3 * RETRY)

    expect(states).toEqual(['open', 'lost', 'lost', 'open'])
    expect(sent).toEqual([null, '7', '7'])
    expect(received).toMatchObject([{ id: 7 }, { id: 8 }])
    expect(listeners.size).toBe(1)
  })

  test('continue when a connection says nothing for too long', async () => {
    await follow(stream(7), stream(8))
    await vi.advanceTimersByTimeAsync(44_000)
    expect(states).toEqual(['open'])
    await vi.advanceTimersByTimeAsync(1_000 + RETRY)

    expect(states).toEqual(['open', 'lost', 'open'])
  })

  test('end when the job is deleted', async () => {
    await follow(status(404))
    await vi.advanceTimersByTimeAsync(10 * RETRY)

    expect(states).toEqual(['refused'])
    expect(sent).toHaveLength(1)
  })
})
