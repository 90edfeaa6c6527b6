import { QueryClient } from '@tanstack/svelte-query'
import { Problem } from './problem'

/**
 * State of the server in the page. What cannot succeed by itself is not tried again. A service on this machine can be reached without a
 * network, so that each call is tried whatever the browser says about one.
 */
export const queries = new QueryClient({
  defaultOptions: {
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      retry: (failures, error) => failures < 3 && Problem.from(error).temporary,
      staleTime: 2_000,
    },
  },
})

let renewed = 0

/** Asks for all that is shown again, so that links to images are valid again. At most once in half a minute. */
export function renewLinks(): void {
  if (Date.now() - renewed < 30_000) return
  renewed = Date.now()
  void queries.invalidateQueries()
}

/**
 * Calls once after the next answer of the API, which shows that the service can be reached.
 *
 * @returns forgets it
 */
export function afterNextAnswer(call: () => void): () => void {
  const stop = queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    stop()
    call()
  })
  return stop
}
