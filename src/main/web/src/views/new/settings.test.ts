import { describe, expect, test } from 'vitest'
import document from '../../../../openapi/likeness.json'
import { helpOf } from './help'
import { changed, groups, nested, numberOf, search, valueAt } from './settings'

const setting = (path: string) => groups.flatMap((it) => it.settings).find((it) => it.path === path)

describe('the form of all settings', () => {
  test('has every setting of the OpenAPI document but those above it', () => {
    expect(groups.map((it) => it.path)).toEqual(
      ['', 'training', 'prior', 'lora', 'textual_inversion', 'pivotal_tuning', 'face', 'mask', 'previews', 'evaluation', 'sampling'])
    expect(groups[0]?.settings.map((it) => it.path)).toEqual(['base_job_id', 'instance_prompt'])
    expect(groups.flatMap((it) => it.settings).length).toBeGreaterThan(75)
    expect(setting('mask.outside')?.kind).toBe('number')
    expect(setting('training.crop_boxes')).toBeUndefined()
  })

  test('knows how a setting is entered, and its limits', () => {
    expect(setting('training.steps')).toMatchObject({ kind: 'number', label: 'Steps', limits: { least: 1, most: 100_000 } })
    expect(setting('training.learning_rate')?.limits).toEqual({ least: 0, most: 1, above: true, below: false })
    expect(setting('training.optimizer')).toMatchObject({ kind: 'choice', options: ['adamw', 'adamw_8bit', 'adafactor', 'lion', 'prodigy', 'adamw_schedule_free'] })
    expect(setting('training.rates.text_encoder.learning_rate')).toMatchObject({ kind: 'number', label: 'Rates text encoder learning rate' })
    expect(setting('prior.enabled')?.kind).toBe('switch')
    expect(setting('sampling.prompts')?.kind).toBe('list')
    expect(setting('prior.prompt')?.kind).toBe('prose')
    expect(setting('evaluation.prompt_list')?.kind).toBe('text')
  })

  test('is searched by names, groups and help', () => {
    const found = (text: string) => search(text, helpOf(document.components.schemas)).flatMap((it) => it.settings.map((of) => of.path))
    expect(found('learning rate')).toEqual(expect.arrayContaining(
      ['training.learning_rate', 'training.learning_rate_schedule', 'training.optimizer', 'training.rates.embeddings.learning_rate']))
    expect(found('SAMPLER  prior')).toEqual(['prior.sampler', 'prior.steps'])
    expect(found('classifier-free')).toEqual(['prior.guidance', 'sampling.guidance'])
    expect(found('nothing like this')).toEqual([])
    expect(search(' ')).toBe(groups)
  })
})

describe('values', () => {
  test('become the nested object of a request', () => {
    expect(nested({ method: 'dreambooth', 'training.steps': '10', 'training.seed': '0', 'prior.enabled': false })).toEqual({
      method: 'dreambooth', training: { steps: 10, seed: 0 }, prior: { enabled: false },
    })
  })

  test('can be in an object within a group', () => {
    expect(nested({ 'training.rates.unet.learning_rate': '1e-5', 'training.rates.unet.learning_rate_schedule': 'rex' })).toEqual({
      training: { rates: { unet: { learning_rate: 1e-5, learning_rate_schedule: 'rex' } } },
    })
  })

  test('have numbers in lists of numbers', () => {
    expect(setting('sampling.guidance_interval')).toMatchObject({ kind: 'list', limits: { most: 2 } })
    expect(nested({ 'sampling.guidance_interval': ['0.28', ' 5.42', 'x'], 'sampling.prompts': ['1'] })).toEqual({
      sampling: { guidance_interval: [0.28, 5.42, 'x'], prompts: ['1'] },
    })
  })

  test('keep a number as it was typed, and the request has the number', () => {
    for (const text of ['1e-0', '1e-05', '0.0000001', '1.', '2.50', '0,5']) {
      const values = changed({}, 'training.learning_rate', text)
      expect(values).toEqual({ 'training.learning_rate': text })
      expect(nested(values)).toEqual({ training: { learning_rate: numberOf(text) } })
    }
    expect(nested({ instance_prompt: '1e3' })).toEqual({ instance_prompt: '1e3' })
  })

  test('are removed by emptying them, and 0 and false are not empty', () => {
    const values = changed(changed({}, 'training.seed', '0'), 'prior.enabled', false)
    expect(values).toEqual({ 'training.seed': '0', 'prior.enabled': false })
    expect(changed(values, 'training.seed', '')).toEqual({ 'prior.enabled': false })
    expect(changed({ 'sampling.prompts': ['a'] }, 'sampling.prompts', [])).toEqual({})
  })

  test('are numbers where they can be, and else what was typed', () => {
    expect(['12', ' 1e-4 ', '0,5', '', 'Infinity'].map(numberOf)).toEqual([12, 1e-4, '0,5', '', 'Infinity'])
  })

  test('are found by their path', () => {
    expect(valueAt({ training: { steps: 3 } }, 'training.steps')).toBe(3)
    expect(valueAt({ training: null }, 'training.steps')).toBeUndefined()
  })
})
