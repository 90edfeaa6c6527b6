import { beforeEach, expect, test } from 'vitest'
import type { Schema } from '../../api/client'
import { Draft, isAt, placesOf } from './draft.svelte'

const job: Schema<'Job'> = {
  identifier: 'sks',
  class_word: 'owl',
  spec: {
    method: 'dreambooth_lora',
    instance_prompt: 'a photo of a {subject}',
    sampling: { prompts: ['x'], images_per_prompt: 4, seed: 5, steps: 30, guidance: 5, sampler: 'euler', negative_prompt: 'blurry' },
  },
}
let draft: Draft

beforeEach(() => {
  draft = new Draft(job)
})

test('a draft begins with the job\'s own settings, and has another seed when something was made', () => {
  const first = draft.form()
  expect(draft.form().seed).toBe(first.seed)
  draft.made()
  const second = draft.form()

  expect(first).toMatchObject({ prompts: ['a photo of a sks owl'], images_per_prompt: 4, steps: 30, sampler: 'euler', negative_prompt: 'blurry' })
  expect(first.seed).not.toBe(second.seed)
  expect(first).not.toHaveProperty('adapters')
})

test('each line is a prompt', () => {
  draft.prompts = ' a sks owl \n\na sks owl at night\n'

  expect(draft.form().prompts).toEqual(['a sks owl', 'a sks owl at night'])
})

test('an empty number is left to the service', () => {
  draft.numbers.steps = null

  expect(draft.form()).not.toHaveProperty('steps')
})

test('the recipe of an image makes it again, or others like it', () => {
  const recipe = { prompt: 'a sks owl', seed: 7, sampler: 'ddim', steps: 10, guidance: 3, negative_prompt: '' }

  draft.takeRecipe(recipe, true, { adapters: [], step: 200 })
  expect(draft.form()).toMatchObject({ prompts: ['a sks owl'], seed: 7, sampler: 'ddim', steps: 10, images_per_prompt: 1, negative_prompt: '', checkpoint_step: 200 })
  draft.takeRecipe(recipe, false, { adapters: [], step: undefined })
  expect(draft.form().seed).not.toBe(7)
  expect(draft.form()).not.toHaveProperty('checkpoint_step')
})

test('the interval of guidance is that of the image, or there is none', () => {
  const weights = { adapters: [], step: undefined }
  draft.takeRecipe({ prompt: 'a', guidance_interval: [0.28, 5.42] }, true, weights)
  expect(draft.form().guidance_interval).toEqual([0.28, 5.42])
  draft.guidanceInterval = ' 1   4 '
  expect(draft.form().guidance_interval).toEqual([1, 4])
  draft.takeRecipe({ prompt: 'a' }, true, weights)
  expect(draft.form().guidance_interval).toEqual([])
})

test('prompts are encoded as those of the image', () => {
  const weights = { adapters: [], step: undefined }
  draft.takeRecipe({ prompt: 'a', clip_skip: 1, prompt_weighting: 'compel' }, true, weights)
  expect(draft.form()).toMatchObject({ clip_skip: 1, prompt_weighting: 'compel' })
  draft.takeRecipe({ prompt: 'a' }, true, weights)
  expect(draft.form()).toMatchObject({ clip_skip: 0, prompt_weighting: 'a1111' })
})

test('an earlier generation is taken with its seed and what was merged', () => {
  draft.takeSpec({ prompts: ['a', 'b'], seed: 9 }, {
    adapters: [{ job_id: '1', id: null, kind: 'lora', unet_scale: 0.4, text_scale: 1, placeholder: null }],
    step: undefined,
  })

  expect(draft.form()).toMatchObject({ prompts: ['a', 'b'], seed: 9, adapters: [{ job_id: '1', unet_scale: 0.4, text_scale: 1 }] })
  expect(draft.form().adapters?.[0]).not.toHaveProperty('kind')
})

test('words are inserted at the end while nothing is typed', () => {
  draft.prompts = 'a photo of'
  draft.insert('sks owl')

  expect(draft.prompts).toBe('a photo of sks owl')
})

test('an error without a field of its own has no place', () => {
  const at = (...loc: string[]) => isAt(placesOf(draft, job), [{ loc: ['body', ...loc] }])
  draft.adapters = [{ id: 'a', kind: 'embedding', unet_scale: 1, text_scale: 1 }]

  expect(at('prompts', '0')).toBe(true)
  expect(at('adapters', '0', 'placeholder')).toBe(true)
  expect(at('lora_unet_scale')).toBe(true)
  expect(at('adapters', '0', 'unet_scale')).toBe(false)
  expect(at('adapters')).toBe(false)
  expect(at('adapters', '1', 'id')).toBe(false)
  expect(at('eta')).toBe(false)
  expect(isAt(placesOf(draft, job), [{ loc: ['body', 'seed'] }, { loc: ['body', 'eta'] }])).toBe(false)
  expect(isAt(placesOf(draft, job))).toBe(false)
})
