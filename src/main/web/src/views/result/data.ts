import { createInfiniteQuery, createQuery, keepPreviousData } from '@tanstack/svelte-query'
import { api, body, cursorOf, type Schema } from '../../api/client'
import { queries } from '../../api/queries'
import { isFinal } from '../../lib/jobs'

type Job = Schema<'Job'>

/** How often the page asks for what still changes, and for links that expire, in ms. */
const RUNNING = 3_000
const GENERATING = 1_000
const LINKS = 600_000

export function createJob(id: () => string) {
  return createQuery(() => ({
    queryKey: ['job', id()],
    queryFn: ({ signal }) => body(api.GET('/v1/jobs/{id}', { params: { path: { id: id() } }, signal })),
    refetchInterval: ({ state }) => (state.data && !isFinal(state.data) ? RUNNING : LINKS),
  }))
}

/** What belongs to a job. It is asked for again when the job ends, and all the time before. */
function createPart<T>(job: () => Job, name: string, ask: (id: string, signal: AbortSignal) => Promise<T>) {
  return createQuery(() => ({
    queryKey: ['job', job().id, name, isFinal(job()), job().completed_at],
    queryFn: ({ signal }) => ask(job().id ?? '', signal),
    placeholderData: keepPreviousData,
    refetchInterval: isFinal(job()) ? LINKS : RUNNING,
  }))
}

const of = (id: string, signal: AbortSignal) => ({ params: { path: { id } }, signal })

export const createImages = (job: () => Job) =>
  createPart(job, 'images', async (id, signal) => (await body(api.GET('/v1/jobs/{id}/images', of(id, signal)))).results ?? [])

export const createScores = (job: () => Job) =>
  createPart(job, 'scores', async (id, signal) => (await body(api.GET('/v1/jobs/{id}/scores', of(id, signal)))).results ?? [])

export const createCheckpoints = (job: () => Job) =>
  createPart(job, 'checkpoints', async (id, signal) => (await body(api.GET('/v1/jobs/{id}/checkpoints', of(id, signal)))).results ?? [])

export const createArtifacts = (job: () => Job) =>
  createPart(job, 'artifacts', async (id, signal) => (await body(api.GET('/v1/jobs/{id}/artifacts', of(id, signal)))).results ?? [])

/** Generations of a job, newest first, with further pages as they are asked for. */
export function createGenerations(id: () => string) {
  return createInfiniteQuery(() => ({
    queryKey: ['job', id(), 'generations'],
    queryFn: ({ pageParam: cursor, signal }: { pageParam: string | undefined; signal: AbortSignal }) =>
      body(api.GET('/v1/jobs/{id}/generations', { params: { path: { id: id() }, query: { cursor, limit: 10 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Schema<'GenerationPage'>) => cursorOf(page.next),
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.results?.some((it) => !isFinal(it))) ? GENERATING : LINKS,
  }))
}

/** Asks for everything about a job again, and for the lists that show it. */
export async function refreshJob(id: string): Promise<void> {
  await Promise.all([queries.invalidateQueries({ queryKey: ['job', id] }), queries.invalidateQueries({ queryKey: ['jobs'] })])
}
