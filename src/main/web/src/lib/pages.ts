import { cursorOf } from '../api/client'

interface Page<T> {
  results?: T[]
  next?: string | null
}

/** How many the service lists at once. */
const LIMIT = 100

/** Nobody looks through more in one list. */
const MOST = 10

/** What a list has on its first ten pages, of a hundred each. */
export async function allOf<T>(load: (page: { limit: number; cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = []
  let cursor: string | undefined
  for (let n = 0; n < MOST; n++) {
    const page = await load({ limit: LIMIT, ...(cursor ? { cursor } : {}) })
    all.push(...(page.results ?? []))
    cursor = cursorOf(page.next)
    if (!cursor) break
  }
  return all
}
