import { api, body, type Schema } from '../../api/client'

/** The queries for all plans that are shown: of the job, and of the same with another method. */
export const plans = { queryKey: ['plan'], type: 'active' } as const

/** The query for what a job would be and take. Nothing is stored by it. */
export function planOf(request: Schema<'PlanRequest'>) {
  return {
    queryKey: [...plans.queryKey, request],
    queryFn: ({ signal }: { signal: AbortSignal }) => body(api.POST('/v1/plans', { body: request, signal })),
    staleTime: 60_000,
  }
}
