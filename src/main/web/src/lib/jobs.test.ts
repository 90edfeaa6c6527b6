import { expect, test } from 'vitest'
import { subjectOf } from './jobs'

test('a subject is called as the service calls it in prompts', () => {
  const job = { identifier: 'sks', class_word: 'owl' }

  expect(subjectOf({ ...job, spec: { method: 'dreambooth_lora' } })).toBe('sks owl')
  expect(subjectOf({ ...job, spec: { method: 'textual_inversion' } })).toBe('<sks>')
  expect(subjectOf({ ...job, identifier: '<sks>', spec: { method: 'momentum_textual_inversion', textual_inversion: { class_word_in_prompt: true } } }))
    .toBe('<sks> owl')
})
