import { expect, test } from 'vitest'
import { Problem } from '../api/problem'
import { canSucceed, idempotencyKey, Keys } from './once'

test('a key is new each time', () => {
  expect(idempotencyKey()).toMatch(/^[0-9a-f]{32}$/)
  expect(idempotencyKey()).not.toBe(idempotencyKey())
})

test('a request keeps its key until its content changes or it has created something', () => {
  const keys = new Keys()
  const [first, again, other] = [keys.of('a'), keys.of('a'), keys.of('b')]
  keys.forget()

  expect(again).toBe(first)
  expect(new Set([first, other, keys.of('b')]).size).toBe(3)
})

test('a request is sent again after what may pass', () => {
  expect(canSucceed(new TypeError('Failed to fetch'))).toBe(true)
  expect(canSucceed(Problem.of(503, {}))).toBe(true)
  expect(canSucceed(Problem.of(409, { code: 'idempotency_key_in_use' }))).toBe(true)
  expect(canSucceed(Problem.of(409, { code: 'wrong_state' }))).toBe(false)
  expect(canSucceed(Problem.of(422, {}))).toBe(false)
  expect(canSucceed(Problem.of(429, {}))).toBe(false)
})
