/** English texts with a translation's values: those of all texts, ordered by their keys. Values are taken from the list. */
export function filled<T extends object>(texts: T, values: unknown[]): T {
  const entries = Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    entries.map(([key, it]: [string, unknown]) => [key, it !== null && typeof it === 'object' && !Array.isArray(it) ? filled(it, values) : values.shift()]),
  ) as T
}
