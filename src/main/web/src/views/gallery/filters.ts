/** What the address says about which jobs are shown, by the names of the API. */
const NAMES = ['status', 'method', 'model', 'class_word', 'subject_id'] as const

export type JobFilters = Partial<Record<(typeof NAMES)[number], string>>

/** The filters in an address. */
export function filtersOf(query: URLSearchParams): JobFilters {
  return Object.fromEntries(NAMES.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : [])))
}
