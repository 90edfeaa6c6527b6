import { describe, expect, test, vi } from 'vitest'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => kept.set(name, value) })
vi.stubGlobal('document', { documentElement: { lang: '' } })
const { i18n } = await import('./i18n.svelte')

/** All texts by their path; what a text function gives for the number 2, so that every text is a string. */
function texts(of: object, path = ''): [string, string][] {
  return Object.entries(of).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[path + name, value]]
      : typeof value === 'function' ? [[path + name, String((value as (...of: number[]) => string)(2, 2))]]
        : texts(value as object, `${path}${name}.`))
}

describe('a language', () => {
  test('is the first of the browser that there is, until one is chosen', async () => {
    vi.stubGlobal('navigator', { languages: ['fr-CH', 'de-CH', 'en'] })
    await i18n.start()
    expect([i18n.language, document.documentElement.lang]).toEqual(['de', 'de'])
    expect([i18n.texts.adapters.title, i18n.texts.shell.skip]).toEqual(['Adapter', 'Zum Inhalt springen'])

    await i18n.choose('en')
    await i18n.start()
    expect(i18n.language).toBe('en')
  })

  test('has no empty text', async () => {
    for (const { value } of i18n.languages) {
      await i18n.choose(value)
      const all = texts(i18n.texts)
      expect(all.length).toBeGreaterThan(40)
      expect(all.filter(([, text]) => !text.trim())).toEqual([])
    }
  })
})

describe('numbers and times', () => {
  test('are those of the language', async () => {
    await i18n.choose('de')
    expect(i18n.number(1234.5)).toBe('1.234,5')
    expect(i18n.duration(3_900)).toBe('1 Std. 5 Min.')
    await i18n.choose('en')
    expect(i18n.number(1234.5)).toBe('1,234.5')
    expect(i18n.duration(3_661)).toBe('1 hr 1 min')
    expect(i18n.duration(3_600)).toBe('1 hr')
    expect(i18n.duration(0)).toBe('0 sec')
    expect(i18n.duration(59.6)).toBe('1 min')
  })

  test('say how long ago something was', () => {
    const now = Date.parse('2026-02-01T12:00:00Z')
    expect(i18n.ago('2026-02-01T09:00:00Z', now)).toBe('3 hours ago')
    expect(i18n.ago('2026-01-31T11:00:00Z', now)).toBe('yesterday')
    expect(i18n.ago('2026-02-01T11:59:40Z', now)).toBe('now')
  })
})
