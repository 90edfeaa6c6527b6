import { describe, expect, test } from 'vitest'
import type { Schema } from '../../api/client'
import { resultsOf, sheetOf } from './sheet'

type Image = Schema<'Image'>

const image = (role: Schema<'ImageRole'>, step: number, position: number, prompt: string): Image =>
  ({ id: `${role}-${step}-${position}`, role, step, position, recipe: { prompt } })

describe('a contact sheet', () => {
  test('has prompts as rows and steps as columns, whatever the order of images', () => {
    const sheet = sheetOf([
      image('evaluation', 200, 1, 'sks owl in snow'),
      image('evaluation', 0, 0, 'owl on a beach'),
      image('evaluation', 0, 1, 'owl in snow'),
      image('evaluation', 200, 0, 'sks owl on a beach'),
      image('class', 200, 0, 'owl'),
    ])

    expect(sheet.steps).toEqual([0, 200])
    expect(sheet.rows.map((it) => [it.prompt, it.cells.map((cell) => cell.map(({ id }) => id))])).toEqual([
      ['sks owl on a beach', [['evaluation-0-0'], ['evaluation-200-0']]],
      ['sks owl in snow', [['evaluation-0-1'], ['evaluation-200-1']]],
    ])
  })

  test('keeps several images of a prompt together, and leaves room for those to come', () => {
    const { rows } = sheetOf([
      image('evaluation', 0, 0, 'owl'),
      image('evaluation', 0, 1, 'owl'),
      image('evaluation', 9, 0, 'sks owl'),
      image('evaluation', 100, 0, 'sks owl'),
      image('evaluation', 100, 1, 'sks owl'),
    ])

    expect(rows.map((it) => it.cells.map((cell) => cell.length))).toEqual([[2, 1, 2]])
  })

  test('of no images is empty', () => {
    expect(sheetOf([])).toEqual({ steps: [], rows: [] })
  })
})

describe('the results', () => {
  const images = [image('result', 200, 0, 'a'), image('result', 400, 0, 'a'), image('result', 400, 1, 'b'), image('before', 0, 0, 'a')]

  test('are those of the chosen step first, by prompt', () => {
    const [first, second] = resultsOf(images, 200)

    expect(first).toEqual({ step: 200, prompts: [['a', [images[0]]]] })
    expect([second?.step, second?.prompts.map(([prompt]) => prompt)]).toEqual([400, ['a', 'b']])
  })

  test('are the newest first while those of the chosen step are still to come', () => {
    expect(resultsOf(images, 300).map((it) => it.step)).toEqual([400, 200])
    expect(resultsOf([], 300)).toEqual([])
  })
})
