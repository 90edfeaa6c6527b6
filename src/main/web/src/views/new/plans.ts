import { api, body, type Schema } from '../../api/client'

/** The query for what a job would be and take. Nothing is stored by it. */
export function planOf(request: Schema<'PlanRequest'>) {
  return {
    queryKey: ['plan', request],
    queryFn: ({ signal }: { signal: AbortSignal }) => body(api.POST('/v1/plans', { body: request, signal })),
    staleTime: 60_000,
  }
}
