import { expect, test, vi } from 'vitest'
import type { Pictures } from './pictures.svelte'

const PUT = vi.fn<(path: string, init: { body: { captions: string[] } }) => Promise<object>>()
vi.stubGlobal('sessionStorage', { getItem: () => null })
vi.stubGlobal('location', { href: 'http://localhost/', search: '', hash: '' })
vi.mock('../../api/client', () => ({ api: { PUT }, body: (it: unknown) => it }))
const { Captions } = await import('./captions.svelte')

const results = (texts: string[]) => ({ results: texts.map((text) => ({ text })) })

test('captions that change while others are stored are stored after them, each once', async () => {
  const subject = { id: 'owl', captions: [] as { text: string }[] }
  const pictures = { list: [{ caption: 'old' }], classWord: 'owl', subject, get ready() { return this.subject } }
  const captions = new Captions(pictures as unknown as Pictures, () => true)
  let answer = () => {}
  PUT.mockReturnValueOnce(new Promise((resolve) => (answer = () => resolve(results(['old'])))))
  PUT.mockImplementation((_, { body }) => Promise.resolve(results(body.captions)))

  const first = captions.flush()
  await vi.waitUntil(() => PUT.mock.calls.length)
  pictures.list = [{ caption: 'new' }]
  const others = [captions.flush(), captions.flush()]
  await new Promise((resolve) => setTimeout(resolve))
  expect(PUT).toHaveBeenCalledOnce()
  answer()
  await Promise.all([first, ...others])

  expect(PUT.mock.calls.map(([, { body }]) => body.captions)).toEqual([['old'], ['new']])
  expect(captions.unsaved).toBe(false)
})
