import { expect, test } from 'vitest'
import type { Schema } from '../../api/client'
import type { Metric } from '../../lib/metrics'
import { judged, rowsOf } from './scores'

type Score = Schema<'Score'>

const score = (metric: Metric, step: number, value: number | null, more: Partial<Score> = {}): Score =>
  ({ images: 'checkpoint', subset: 'overall', metric, step, value, ...more })

test('scores of a step come with the untrained model and their curve', () => {
  const list = [
    score('clip_i', 400, 0.6, { reference: 0.65 }), score('clip_i', 0, 0.1), score('clip_i', 200, 0.4),
    score('clip_i', 400, 0.9, { images: 'results', subset: 'a prompt' }), score('div', 400, 0.3),
  ]

  const [likeness, variety] = judged(list, 400)
  expect(likeness?.untrained).toBe(0.1)
  expect(likeness?.curve.steps).toEqual([0, 200, 400])
  expect(likeness?.score.value).toBe(0.6)
  expect(variety?.metric).toBe('div')
  expect(judged(list, 300)).toEqual([])
})

test('a table has a row for each step', () => {
  const rows = rowsOf([score('clip_i', 0, 0.1), score('dino', 0, null), score('clip_i', 200, 0.4)], (it) => it.step)

  expect(rows.map((it) => [it.key, it.scores.clip_i?.value, it.scores.dino?.value])).toEqual([[0, 0.1, null], [200, 0.4, undefined]])
})
