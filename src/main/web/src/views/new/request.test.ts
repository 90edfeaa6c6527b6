import { describe, expect, test, vi } from 'vitest'

vi.stubGlobal('location', { href: 'https://example.com/likeness/?a#/new' })
vi.stubGlobal('sessionStorage', { getItem: () => null })
vi.stubGlobal('localStorage', { getItem: () => null })
const { curl, json, quoted } = await import('./request')

describe('a request as a command', () => {
  const request = { class_word: 'teapot', spec: { instance_prompt: "a photo of my aunt's {subject}; $(rm -rf ~)" } }

  test('goes to this service, with the same body, and reads the key from the environment', () => {
    const lines = curl('0199f3a0', request, true).split(' \\\n')
    expect(lines.slice(0, 3)).toEqual([
      'curl https://example.com/likeness/v1/subjects/0199f3a0/jobs',
      '  -H "Authorization: Bearer $LIKENESS_KEY"',
      "  -H 'Content-Type: application/json'",
    ])
    expect(lines[3]?.replace('  -d ', '').slice(1, -1).replaceAll(`'\\''`, "'")).toBe(json(request))
  })

  test('has no key where none is needed', () => {
    expect(curl('0199f3a0', request, false)).not.toContain('Authorization')
  })

  test('has the deadline, whatever was entered', () => {
    expect(curl('0199f3a0', request, false, "2h' $(id)")).toContain(`  -H 'Cancel-After: 2h'\\'' $(id)'`)
  })

  test('is one word of the shell for any text', () => {
    expect(quoted("it's $HOME `id` \\")).toBe("'it'\\''s $HOME `id` \\'")
  })
})
