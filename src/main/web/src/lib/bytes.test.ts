import { expect, test, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
vi.stubGlobal('document', { documentElement: { lang: '' } })
const { bytes } = await import('./bytes')

test('a size has the unit that suits it', () => {
  expect([0, 999, 1_000, 12_345_678, 25_276_510_208].map(bytes)).toEqual(['0 byte', '999 byte', '1 kB', '12 MB', '25.3 GB'])
})
