import { createQuery } from '@tanstack/svelte-query'
import { api, body } from '../../api/client'
import { isFinal } from '../../lib/jobs'
import { FEWEST } from '../../lib/comparison'
import type { Compared } from './rows'

/** How often the page asks for images that are being made, and for links that expire, in ms. */
const GENERATING = 1_000
const LINKS = 600_000

/** Generations of each job that are looked through for the same prompts. */
const LIMIT = 20

/** Jobs with their images, in the order of their ids. */
export function createCompared(ids: () => string[]) {
  return createQuery(() => ({
    queryKey: ['compare', ids()],
    enabled: ids().length >= FEWEST,
    queryFn: ({ signal }) => Promise.all(ids().map(async (id): Promise<Compared> => {
      const of = { params: { path: { id } }, signal }
      const [job, images] = await Promise.all([body(api.GET('/v1/jobs/{id}', of)), body(api.GET('/v1/jobs/{id}/images', of))])
      return { job, images: images.results ?? [] }
    })),
    refetchInterval: LINKS,
  }))
}

/** The newest generations of each job. */
export function createGenerations(ids: () => string[]) {
  return createQuery(() => ({
    queryKey: ['compare', ids(), 'generations'],
    queryFn: ({ signal }) => Promise.all(ids().map(async (id) =>
      (await body(api.GET('/v1/jobs/{id}/generations', { params: { path: { id }, query: { limit: LIMIT } }, signal }))).results ?? [])),
    refetchInterval: ({ state }) => (state.data?.flat().some((it) => !isFinal(it)) ? GENERATING : LINKS),
  }))
}
