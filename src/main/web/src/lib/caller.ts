import { createQuery } from '@tanstack/svelte-query'
import { authorizedFetch, base } from '../api/client'
import { Problem } from '../api/problem'
import { session } from '../api/session.svelte'

/** What a caller may do: read and write its own things, and manage keys and secrets. */
export type Scope = 'read' | 'write' | 'admin'

/**
 * What whoever uses the page may do; undefined until that is known. If the service does not say it, everything is offered: the service
 * refuses by itself what is not permitted.
 */
export function createMay(): (scope: Scope) => boolean | undefined {
  const scopes = createQuery(() => ({
    queryKey: ['caller'],
    enabled: session.signedIn,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const response = await authorizedFetch(`${base}studio/caller.json`, { signal })
      const document: unknown = await response.json()
      if (!response.ok) throw Problem.of(response.status, document)
      return (document as { scopes: Scope[] }).scopes
    },
  }))
  return (scope) => (scopes.isError && !scopes.data) || scopes.data?.includes(scope)
}
