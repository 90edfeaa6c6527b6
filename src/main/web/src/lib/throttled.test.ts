import { expect, test, vi } from 'vitest'
import { throttled } from './throttled'

test('a throttled call happens at once, and once more after the time', () => {
  vi.useFakeTimers()
  const run = vi.fn()
  const call = throttled(run, 1_000)

  call()
  expect(run).toHaveBeenCalledTimes(1)
  call()
  call()
  expect(run).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(run).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(5_000)
  call()
  expect(run).toHaveBeenCalledTimes(3)
})
