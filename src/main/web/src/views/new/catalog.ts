import { api, body, type Schema } from '../../api/client'

/** Words that a model knows and that begin with a prefix. */
export async function classWords(model: string, prefix: string, signal: AbortSignal): Promise<string[]> {
  const query = { prefix }
  const { owner, name } = parts(model)
  const found = owner
    ? await body(api.GET('/v1/models/{owner}/{name}/class-words', { params: { path: { owner, name }, query }, signal }))
    : await body(api.GET('/v1/models/{id}/class-words', { params: { path: { id: name }, query }, signal }))
  return found.results ?? []
}

/** Rare words for a subject, and what a model makes of a proposed one. */
export function identifiers(
  model: string, query: { class_word?: string; identifier?: string }, signal: AbortSignal,
): Promise<Schema<'Identifiers'>> {
  const { owner, name } = parts(model)
  return owner
    ? body(api.GET('/v1/models/{owner}/{name}/identifiers', { params: { path: { owner, name }, query }, signal }))
    : body(api.GET('/v1/models/{id}/identifiers', { params: { path: { id: name }, query }, signal }))
}

/** The id of a model has an owner or none: `likeness/tiny-world`. */
function parts(model: string): { owner: string | undefined; name: string } {
  const slash = model.indexOf('/')
  return slash < 0 ? { owner: undefined, name: model } : { owner: model.slice(0, slash), name: model.slice(slash + 1) }
}
