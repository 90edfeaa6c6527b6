import type { Scope } from '../../lib/caller'
import type { Texts } from '../../texts'

export const SCOPES: readonly Scope[] = ['read', 'write', 'admin']

/** Scopes as they are shown, in their usual order. A newer service may have others. */
export function scopeNames(scopes: readonly string[] = [], names: Texts['admin']['scope']): string[] {
  const known = SCOPES.filter((it) => scopes.includes(it))
  return [...known.map((it) => names[it]), ...scopes.filter((it) => !known.some((scope) => scope === it))]
}
