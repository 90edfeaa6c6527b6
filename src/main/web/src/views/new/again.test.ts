import { describe, expect, test, vi } from 'vitest'
import { Problem } from '../../api/problem'

const POST = vi.fn<() => Promise<object>>()
vi.mock('../../api/client', () => ({ api: { POST }, body: (it: unknown) => it }))
const { again } = await import('./again')

const settings = (signal = new AbortController().signal) => again({ spec: { training: { steps: 7 } } }, {}, signal)

describe('the settings of a training again', () => {
  test('are all if the service refuses them', async () => {
    POST.mockRejectedValue(Problem.of(422, {}))

    expect((await settings()).values).toEqual({ 'training.steps': '7' })
  })

  test('are unknown as long as the service can say them later', async () => {
    POST.mockRejectedValue(Problem.of(503, {}))

    await expect(settings()).rejects.toThrow(Problem)
  })

  test('are unknown if nobody waits for them any more', async () => {
    POST.mockRejectedValue(new Error('aborted'))

    await expect(settings(AbortSignal.abort())).rejects.toThrow('aborted')
  })
})
