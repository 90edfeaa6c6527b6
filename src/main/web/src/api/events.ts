import { EventSource } from 'eventsource'
import { authorizedFetch, local } from './client'

/** An event of a job, by its number, kind and JSON. */
export interface JobEvent {
  id: number
  kind: (typeof KINDS)[number]
  data: Record<string, unknown>
}

const KINDS = ['start', 'progress', 'log', 'metric', 'image', 'completed'] as const

/**
 * Reads a job's events until it is closed. After a lost connection it continues with `Last-Event-ID`.
 *
 * @param url the URL `urls.events` of a job
 * @param receive called for every event, in order
 * @param connected called with false when the connection is lost, and with true when it is there
 * @returns ends the stream
 */
export function jobEvents(url: string, receive: (event: JobEvent) => void, connected: (open: boolean) => void): () => void {
  const source = new EventSource(new URL(local(url), location.href), { fetch: authorizedFetch })
  source.addEventListener('open', () => connected(true))
  source.addEventListener('error', () => connected(false))
  for (const kind of KINDS) {
    source.addEventListener(kind, ({ data, lastEventId }) =>
      receive({ id: Number(lastEventId), kind, data: JSON.parse(String(data)) as JobEvent['data'] }))
  }
  return () => source.close()
}
