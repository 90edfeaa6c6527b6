import { expect, test } from 'vitest'
import type { Schema } from '../../api/client'
import { byStep, series } from './steps'

function image(role: Schema<'ImageRole'>, step: number, position: number, prompt: string): Schema<'Image'> {
  return { id: `${role}-${step}-${position}`, role, step, position, recipe: { prompt } }
}

test('images are grouped by step, in the order of their positions', () => {
  const steps = byStep([
    image('preview', 100, 1, 'b'), image('result', 100, 0, 'a'), image('preview', 100, 0, 'a'), image('evaluation', 0, 0, 'a'),
  ])

  expect(steps.map((it) => [it.step, ...it.images.map(series)])).toEqual([[0, 'evaluation-0'], [100, 'preview-0', 'preview-1']])
})

test('of many images, each prompt has one first', () => {
  const many = ['a', 'b', 'c'].flatMap((prompt, i) => [0, 1, 2, 3].map((n) => image('evaluation', 50, 4 * i + n, prompt)))

  const [step] = byStep(many)

  expect(step?.images.map((it) => it.position)).toEqual([0, 1, 2, 3, 4, 8])
})
