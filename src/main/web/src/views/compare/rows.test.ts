import { describe, expect, test } from 'vitest'
import { differences, rowsOf, scoreOf, type Compared } from './rows'

function job(identifier: string, class_word: string, prompts: [prompt: string, seed: number, role?: 'result' | 'evaluation', step?: number][]): Compared {
  return {
    job: { identifier, class_word, checkpoint: { step: 400 } } as Compared['job'],
    images: prompts.map(([prompt, seed, role = 'result', step = 400], i) =>
      ({ id: `${class_word} ${i}`, role, step, recipe: { prompt, seed } }) as Compared['images'][number]),
  }
}

describe('images', () => {
  test('stand beside those with the same prompt and seed, whatever the subject', () => {
    const rows = rowsOf([
      job('sks', 'owl', [['a sks owl', 0], ['a sks owl', 1], ['a sks owl in the snow', 2]]),
      job('zwx', 'bird', [['a zwx bird in the snow', 2], ['a zwx bird', 1], ['a zwx bird', 7]]),
    ])

    expect(rows.map((it) => [it.prompt, it.seed, ...it.cells.map((cell) => cell?.id)])).toEqual([
      ['a {subject}', 1, 'owl 1', 'bird 1'],
      ['a {subject} in the snow', 2, 'owl 2', 'bird 0'],
      ['a {subject}', 0, 'owl 0', undefined],
      ['a {subject}', 7, undefined, 'bird 2'],
    ])
  })

  test('are those of the result, not of other checkpoints', () => {
    const [row, ...others] = rowsOf([job('sks', 'owl', [['a sks owl', 0, 'evaluation', 200], ['a sks owl', 0, 'evaluation']])])

    expect(row?.cells.map((it) => it?.id)).toEqual(['owl 1'])
    expect(others).toEqual([])
  })

  test('of textual inversion stand beside those of other methods', () => {
    const learned = job('sks', 'owl', [['a <sks>', 0]])
    learned.job.spec = { method: 'textual_inversion' }

    expect(rowsOf([learned, job('sks', 'owl', [['a sks owl', 0]])])).toHaveLength(1)
  })
})

test('only settings that differ are told', () => {
  const spec = (steps: number, more: object = {}) => ({ spec: { training: { steps, seed: 1 }, ...more } }) as Compared['job']

  expect(differences([spec(100), spec(200, { lora: { rank: 4 } })])).toEqual([
    { path: 'training.steps', values: ['100', '200'] },
    { path: 'lora.rank', values: ['', '4'] },
  ])
})

test('the score is that of the requested images', () => {
  const scores = [
    { metric: 'clip_i', subset: 'overall', images: 'checkpoint', step: 400, value: 1 },
    { metric: 'clip_i', subset: 'a prompt', images: 'results', step: 400, value: 2 },
    { metric: 'clip_i', subset: 'overall', images: 'results', step: 400, value: 3 },
    { metric: 'dino', subset: 'overall', images: 'checkpoint', step: 0, value: 4 },
    { metric: 'dino', subset: 'overall', images: 'checkpoint', step: 400, value: 5 },
  ] as NonNullable<Compared['job']['scores']>
  const scored = { checkpoint: { step: 400 }, scores } as Compared['job']

  expect([scoreOf(scored, 'clip_i')?.value, scoreOf(scored, 'dino')?.value, scoreOf(scored, 'pres')]).toEqual([3, 5, undefined])
})
