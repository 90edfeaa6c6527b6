import { describe, expect, test } from 'vitest'
import type { Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { madeOf, settingsOf, type Shared } from './made'

type Generation = Schema<'Generation'>

const owl: Schema<'Job'> = { id: 'owl', identifier: 'sks', class_word: 'owl', checkpoint: { step: 400 } }
const bear: Schema<'Job'> = { id: 'bear', identifier: 'zwx', class_word: 'bear', checkpoint: { step: 200 } }
const form: Shared = {
  prompts: ['a {subject}', 'a {subject} at night'], negative_prompt: '', images_per_prompt: 2, seed: 7, sampler: 'ddim', steps: 20, guidance: 5,
  guidance_interval: [], eta: 0,
}

const generation = (id: string, more: Partial<Generation> = {}, settings: Partial<Schema<'Sampling'>> = {}): Generation => ({
  id,
  spec: { ...form, ...settings },
  images: [0, 3].map((position) => ({ id: `${id} ${position}`, position })),
  ...more,
})

describe('generations of several jobs', () => {
  test('stand side by side, image by image', () => {
    const [made, ...others] = madeOf([owl, bear], [[generation('o')], [generation('b', { images: [] })]], undefined)

    expect(others).toEqual([])
    expect(made?.cells.map((it) => it.generation?.id)).toEqual(['o', 'b'])
    expect(made?.rows.map((it) => [it.prompt, it.seed, ...it.cells.map((image) => image?.id)])).toEqual([
      ['a {subject}', 7, 'o 0', undefined],
      ['a {subject}', 8, undefined, undefined],
      ['a {subject} at night', 9, undefined, undefined],
      ['a {subject} at night', 10, 'o 3', undefined],
    ])
  })

  test('belong together by their prompts and settings, whatever the subject, the newest first', () => {
    const made = madeOf([owl, bear], [
      [generation('o2', { created_at: '2' }, { prompts: ['a sks owl'], seed: 1 }), generation('o1', { created_at: '1' }), generation('old', { created_at: '0' })],
      [generation('b2', { created_at: '2' }, { prompts: ['a zwx bear'], seed: 1 }), generation('b1', { created_at: '1' })],
    ], undefined)

    expect(made.map((it) => it.cells.map((cell) => cell.generation?.id))).toEqual([['o2', 'b2'], ['o1', 'b1']])
    expect(made[0]?.form.prompts).toEqual(['a {subject}'])
  })

  test('with other settings, other weights or merged adapters are no comparison', () => {
    const of = (other: Generation) => madeOf([owl, bear], [[generation('o')], [other]], undefined)

    expect(of(generation('b', {}, { steps: 30 }))).toEqual([])
    expect(of(generation('b', {}, { seed: 8 }))).toEqual([])
    expect(of(generation('b', {}, { negative_prompt: 'blurry' }))).toEqual([])
    expect(of(generation('b', {}, { guidance_interval: [0.3, 5] }))).toEqual([])
    expect(of(generation('b', {}, { eta: 1 }))).toEqual([])
    expect(of(generation('b', {}, { clip_skip: 1 }))).toEqual([])
    expect(of(generation('b', {}, { prompt_weighting: 'none' }))).toEqual([])
    expect(of(generation('b', { checkpoint_step: 100 }))).toEqual([])
    expect(of(generation('b', { checkpoint_step: 200 }))).toHaveLength(1)
    expect(of(generation('b', { adapters: [{ kind: 'lora' }] }))).toEqual([])
  })

  test('say every setting, so that no job takes its own', () => {
    expect(settingsOf({ steps: 20 })).toMatchObject({ negative_prompt: '', guidance_interval: [], eta: 0, steps: 20 })
  })

  test('that were just sent come first, also where a job has refused', () => {
    const refusal = Problem.of(422, { title: 'Invalid' })
    const [made] = madeOf([owl, bear], [
      [generation('o'), generation('new', { created_at: '9' }, { seed: 1 })],
      [generation('n', { created_at: '9' }, { seed: 1 })],
    ], { form, refusals: new Map([['bear', refusal]]) })

    expect(made?.cells).toEqual([
      { generation: expect.objectContaining({ id: 'o' }), refusal: undefined },
      { generation: undefined, refusal },
    ])
  })
})
