import { describe, expect, test, vi } from 'vitest'

vi.stubGlobal('location', { hash: '' })
vi.stubGlobal('addEventListener', () => {})
const { href, match, parse } = await import('./router.svelte')

describe('an address', () => {
  test('is a path and a query', () => {
    expect(parse('').path).toBe('/')
    expect(parse('#/').path).toBe('/')
    const { path, query } = parse('#/compare?jobs=a,b')
    expect([path, query.get('jobs')]).toEqual(['/compare', 'a,b'])
  })

  test('is written as it is read', () => {
    const { path, query } = parse(href('/', { status: 'a b&c', cursor: undefined, empty: '' }))
    expect([path, [...query]]).toEqual(['/', [['status', 'a b&c']]])
    expect(href('/jobs/1')).toBe('#/jobs/1')
  })
})

describe('a pattern', () => {
  test('names parts of a path', () => {
    expect(match('/jobs/:id/result', '/jobs/42/result')).toEqual({ id: '42' })
    expect(match('/', '/')).toEqual({})
    expect(match('/models/:id', '/models/a%2Fb')).toEqual({ id: 'a/b' })
  })

  test('refuses other paths', () => {
    expect(match('/jobs/:id', '/jobs')).toBeUndefined()
    expect(match('/jobs/:id', '/jobs/')).toBeUndefined()
    expect(match('/jobs/:id', '/jobs/42/result')).toBeUndefined()
    expect(match('/jobs/:id', '/subjects/42')).toBeUndefined()
  })

  test('reads a path that is encoded wrongly as it stands', () => {
    expect(match('/jobs/:id', '/jobs/%zz')).toEqual({ id: '%zz' })
  })
})
