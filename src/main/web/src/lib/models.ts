import { api, body } from '../api/client'

/** The query for all base models. */
export const modelsQuery = {
  queryKey: ['models'],
  queryFn: ({ signal }: { signal: AbortSignal }) => body(api.GET('/v1/models', { signal })),
}
