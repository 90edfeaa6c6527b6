import { expect, test, vi } from 'vitest'

vi.mock('../api/client', () => ({ cursorOf: (url: string | null) => url?.split('=')[1] }))

const { allOf } = await import('./pages')

const pages = (count: number) => {
  const asked: (string | undefined)[] = []
  const load = async ({ cursor }: { limit: number; cursor?: string }) => {
    asked.push(cursor)
    const n = Number(cursor ?? 0)
    return { results: [n], next: n + 1 < count ? `?cursor=${n + 1}` : null }
  }
  return { asked, load }
}

test('a list is read page by page to its end', async () => {
  const { asked, load } = pages(3)
  expect(await allOf(load)).toEqual([0, 1, 2])
  expect(asked).toEqual([undefined, '1', '2'])
})

test('a list without end is read in part', async () => {
  expect(await allOf(pages(1000).load)).toHaveLength(10)
})
