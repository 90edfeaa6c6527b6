import { createQuery, type CreateQueryResult } from '@tanstack/svelte-query'
import { authorizedFetch, base } from '../api/client'
import { Problem } from '../api/problem'
import { session } from '../api/session.svelte'

/** What a caller may do: read and write its own things, and manage keys and secrets. */
export type Scope = 'read' | 'write' | 'admin'

/** The scopes of whoever uses the page. */
export function createScopes(): CreateQueryResult<Scope[], Error> {
  return createQuery(() => ({
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
}
