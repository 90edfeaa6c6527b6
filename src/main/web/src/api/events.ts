import { EventSource, type ErrorEvent } from 'eventsource'
import { authorizedFetch, local, type Schema } from './client'

/** What each kind of event of a job says. */
interface Kinds {
  /** A worker has started an attempt. */
  start: { attempt: number }
  progress: { phase?: NonNullable<Schema<'JobPhase'>>; step: number; total: number; eta_seconds?: number }
  log: { message: string }
  /** The loss may be no number, which JSON has only as text. */
  metric: { step: number; loss?: number | string }
  image: { role: Schema<'ImageRole'>; step: number }
  completed: { status: Schema<'TaskStatus'> }
}

type Kind = keyof Kinds

/** An event of a job: its number, counted from 1, and its time (ms since 1970). */
export type JobEvent = { [K in Kind]: { id: number; kind: K; at: number; data: Kinds[K] } }[Kind]

/** lost: it comes back by itself. refused: it does not, as when the job is deleted. */
export type Connection = 'open' | 'lost' | 'refused'

const KINDS: Record<Kind, true> = { start: true, progress: true, log: true, metric: true, image: true, completed: true }

/** The service sends something every 15 s. After this time without anything (ms), the connection is dead. */
const SILENCE = 45_000

/**
 * Reads a job's events until it is closed. After a lost connection it continues with `Last-Event-ID`. The service ends the
 * connection after the last event.
 *
 * @param url the URL `urls.events` of a job
 * @param receive called for every event, in order
 * @param connected called when the connection is there, lost or refused
 * @returns ends the stream
 */
export function jobEvents(url: string, receive: (event: JobEvent) => void, connected: (state: Connection) => void): () => void {
  const source = new EventSource(new URL(local(url), location.href), { fetch: watchedFetch })
  source.addEventListener('open', () => connected('open'))
  source.addEventListener('error', ({ target }: ErrorEvent) =>
    connected((target as EventSource).readyState === EventSource.CLOSED ? 'refused' : 'lost'))
  for (const kind of Object.keys(KINDS) as Kind[]) {
    source.addEventListener(kind, ({ data, lastEventId }) => receive(event(Number(lastEventId), kind, String(data))))
  }
  return () => source.close()
}

function event(id: number, kind: Kind, json: string): JobEvent {
  const { created_at, ...data } = JSON.parse(json) as { created_at: string }
  return { id, kind, at: Date.parse(created_at), data } as unknown as JobEvent
}

/** A service that restarts or is busy counts as a lost connection, and so does one that says nothing for too long. */
async function watchedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await authorizedFetch(input, init)
  if (response.status === 429 || response.status >= 500) throw new TypeError(`HTTP ${response.status}`)
  return response.body ? new Response(response.body.pipeThrough(impatient()), response) : response
}

/** Fails without a network and after a time without data: a phone that changes its network may otherwise wait for ever. */
function impatient(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  const gone = new AbortController()
  let timer: ReturnType<typeof setTimeout>
  let fail = () => {}
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(fail, SILENCE)
  }
  return new TransformStream({
    start(stream) {
      fail = () => {
        clearTimeout(timer)
        gone.abort()
        stream.error(new TypeError('the connection is dead'))
      }
      addEventListener('offline', fail, { signal: gone.signal })
      wait()
    },
    transform(chunk, stream) {
      wait()
      stream.enqueue(chunk)
    },
    flush() {
      clearTimeout(timer)
      gone.abort()
    },
  })
}
