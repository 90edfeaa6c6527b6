import { describe, expect, test } from 'vitest'
import { Problem } from './problem'

describe('a problem', () => {
  const invalid = Problem.of(422, {
    code: 'invalid_request',
    title: 'Invalid',
    detail: 'Two fields are invalid.',
    errors: [
      { loc: ['body', 'spec', 'training', 'steps'], msg: 'must be 1 or more' },
      { loc: ['body', 'images', '2'], msg: 'is not a picture' },
    ],
  })

  test('knows what is wrong with a field', () => {
    expect(invalid.field('spec.training.steps')).toBe('must be 1 or more')
    expect(invalid.field('spec.training.step')).toBeUndefined()
  })

  test('counts the elements of a list as the list', () => {
    expect(invalid.field('images')).toBe('is not a picture')
  })

  test('has a title without a document, as from a proxy', () => {
    expect(Problem.of(502, undefined)).toMatchObject({ status: 502, code: 'unknown', title: 'HTTP 502', detail: '' })
    expect(Problem.of(502, null).title).toBe('HTTP 502')
  })

  test('is temporary if the same call can succeed later', () => {
    expect(Problem.from(new TypeError('Failed to fetch'))).toMatchObject({ code: 'unreachable', temporary: true })
    expect(Problem.of(429, {}).temporary).toBe(true)
    expect(Problem.of(503, {}).temporary).toBe(true)
    expect(invalid.temporary).toBe(false)
  })
})
