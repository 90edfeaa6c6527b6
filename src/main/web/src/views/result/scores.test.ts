import { describe, expect, test } from 'vitest'
import type { Schema } from '../../api/client'
import { judged, tableOf, verdictOf, type Metric } from './scores'

type Score = Schema<'Score'>

const score = (metric: Metric, step: number, value: number | null, more: Partial<Score> = {}): Score =>
  ({ images: 'checkpoint', subset: 'overall', metric, step, value, ...more })

describe('a verdict', () => {
  test.each([
    [0.67, 'same'],
    [0.5, 'close'],
    [0.3, 'partly'],
    [0.1, 'hardly'],
  ])('on a likeness of %d is %s', (value, verdict) => {
    expect(verdictOf('clip_i', score('clip_i', 400, value, { reference: 0.65 }), 0.05)).toBe(verdict)
  })

  test('is missing where the untrained model is as near as the real pictures', () => {
    expect(verdictOf('clip_i', score('clip_i', 400, 0.7, { reference: 0.66 }), 0.65)).toBeUndefined()
    expect(verdictOf('clip_i', score('clip_i', 400, 0.7), 0.1)).toBeUndefined()
    expect(verdictOf('dino', score('dino', 400, null), 0.1)).toBeUndefined()
    expect(verdictOf('dino', score('dino', 400, 0.4, { reference: 0.5 }), undefined)).toBeUndefined()
  })

  test.each([
    [0.58, 'kept'],
    [0.45, 'less'],
    [0.2, 'lost'],
  ])('on a margin of %d is %s', (value, verdict) => {
    expect(verdictOf('clip_t_margin', score('clip_t_margin', 400, value, { interval: [0, 0.59] }), 0.6)).toBe(verdict)
  })

  test('counts only a change beyond the interval', () => {
    expect(verdictOf('clip_t_margin', score('clip_t_margin', 400, 0.2, { interval: [0, 0.7] }), 0.6)).toBe('kept')
    expect(verdictOf('pres', score('pres', 400, 0.4, { reference: 0.7, interval: [0, 0.8] }), 0.1)).toBe('clean')
    expect(verdictOf('pres', score('pres', 400, 0.4, { reference: 0.7, interval: [0.3, 0.5] }), 0.1)).toBe('leaks')
    expect(verdictOf('div', score('div', 400, 0.2, { interval: [0.1, 0.5] }), 0.4)).toBe('varied')
    expect(verdictOf('div', score('div', 400, 0.2, { interval: [0.1, 0.3] }), 0.4)).toBe('narrow')
  })

  test('on prompts compares with the untrained model first, then with the real pictures', () => {
    const of = (value: number) => verdictOf('clip_t', score('clip_t', 400, value, { reference: 0.3 }), 0.6)
    expect([of(0.55), of(0.29), of(0.2)]).toEqual(['kept', 'real', 'less'])
  })
})

test('scores of a step come with the untrained model and their curve', () => {
  const list = [
    score('clip_i', 400, 0.6, { reference: 0.65 }), score('clip_i', 0, 0.1), score('clip_i', 200, 0.4),
    score('clip_i', 400, 0.9, { images: 'results', subset: 'a prompt' }), score('div', 400, 0.3),
  ]

  const [likeness, variety] = judged(list, 400)
  expect(likeness?.untrained).toBe(0.1)
  expect(likeness?.curve.steps).toEqual([0, 200, 400])
  expect(likeness?.score.value).toBe(0.6)
  expect([variety?.metric, variety?.verdict]).toEqual(['div', undefined])
  expect(judged(list, 300)).toEqual([])
})

test('a table has a column for each metric that was measured', () => {
  const table = tableOf([score('clip_i', 0, 0.1), score('dino', 0, null), score('clip_i', 200, 0.4), score('div', 200, 0.3)], (it) => it.step ?? 0)

  expect(table.metrics).toEqual(['clip_i', 'div'])
  expect(table.rows.map((it) => [it.key, it.scores.map((of) => of?.value)])).toEqual([[0, [0.1, undefined]], [200, [0.4, 0.3]]])
})
