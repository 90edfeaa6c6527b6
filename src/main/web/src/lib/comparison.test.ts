import { expect, test } from 'vitest'
import { bestOf } from './comparison'

test('the best is the highest or the lowest value', () => {
  expect([...bestOf([0.2, null, 0.7, 0.7])]).toEqual([2, 3])
  expect([...bestOf([3, 1.5, undefined], 'lower')]).toEqual([1])
  expect([...bestOf([2, -1, 1.5], 'zero')]).toEqual([1])
})

test('nothing is best where there is no choice', () => {
  expect([...bestOf([])]).toEqual([])
  expect([...bestOf([null, 0.5])]).toEqual([])
  expect([...bestOf([0.5, 0.5])]).toEqual([])
})
