import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Problem } from '../api/problem'

const DELETE = vi.fn((_path: string, _init: object) => Promise.resolve({}))
const session = vi.hoisted(() => ({ callers: 0 }))
const listeners = new Map<string, () => void>()
vi.stubGlobal('addEventListener', (type: string, listener: () => void) => listeners.set(type, listener))
vi.mock('../api/client', () => ({ api: { DELETE } }))
vi.mock('../api/session.svelte', () => ({ session, SIGNED_OUT: 'signed_out' }))
vi.mock('../api/queries', () => ({ queries: { invalidateQueries: () => Promise.resolve() } }))
vi.useFakeTimers()
const { deletions } = await import('./deletions.svelte')
const { toasts } = await import('./toasts.svelte')

const JOBS = '/v1/jobs/{id}'
const two = [{ id: '1' }, { id: '2' }]
const shown = () => deletions.without(JOBS, two).map((it) => it.id)

beforeEach(async () => {
  toasts.hold(false)
  await vi.runAllTimersAsync()
  toasts.list.forEach((it) => toasts.dismiss(it.id))
  DELETE.mockClear()
})

describe('a deletion', () => {
  test('is shown at once and sent after ten seconds', async () => {
    deletions.later(JOBS, '1', 'sks owl')

    expect(toasts.list.map((it) => it.text)).toEqual(['sks owl is deleted.'])
    expect(shown()).toEqual(['2'])
    await vi.advanceTimersByTimeAsync(9_999)
    expect(DELETE).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(DELETE).toHaveBeenCalledExactlyOnceWith(JOBS, { params: { path: { id: '1' } }, keepalive: true })
    expect(toasts.list).toEqual([])
  })

  test('is not sent after "Undo"', async () => {
    deletions.later(JOBS, '1', 'sks owl')

    const [toast] = toasts.list
    toast?.action?.run()
    toasts.dismiss(toast?.id ?? 0)

    expect(shown()).toEqual(['1', '2'])
    await vi.runAllTimersAsync()
    expect(DELETE).not.toHaveBeenCalled()
  })

  test('can be asked for again after "Undo"', async () => {
    deletions.later(JOBS, '1', 'sks owl')
    toasts.list[0]?.action?.run()
    toasts.dismiss(toasts.list[0]?.id ?? 0)

    deletions.later(JOBS, '1', 'sks owl')
    await vi.runAllTimersAsync()

    expect(DELETE).toHaveBeenCalledOnce()
  })

  test('waits while somebody reads the message', async () => {
    deletions.later(JOBS, '1', 'sks owl')
    await vi.advanceTimersByTimeAsync(9_000)

    toasts.hold(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(DELETE).not.toHaveBeenCalled()
    toasts.hold(false)
    await vi.advanceTimersByTimeAsync(10_000)

    expect(DELETE).toHaveBeenCalledOnce()
  })

  test('is sent when the page is closed, and only once', async () => {
    DELETE.mockImplementationOnce(() => new Promise((done) => setTimeout(() => done({}), 60_000)))
    deletions.later(JOBS, '1', 'sks owl')

    listeners.get('pagehide')?.()
    expect(DELETE).toHaveBeenCalledOnce()
    await vi.runAllTimersAsync()

    expect(DELETE).toHaveBeenCalledOnce()
  })

  test('is sent before the page forgets its caller, and cannot be undone any more', async () => {
    let answer = () => {}
    DELETE.mockImplementationOnce(() => new Promise((done) => (answer = () => done({}))))
    deletions.later(JOBS, '1', 'sks owl')

    let settled = false
    const settling = deletions.settle().then(() => (settled = true))
    expect(DELETE).toHaveBeenCalledOnce()
    expect(toasts.list).toEqual([])
    expect(shown()).toEqual(['2'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(settled).toBe(false)
    answer()
    await settling

    expect(shown()).toEqual(['1', '2'])
  })

  test('ends with all else that could be undone before the page forgets its caller', async () => {
    let answer = () => {}
    const gone = vi.fn(() => new Promise<void>((done) => (answer = done)))
    toasts.say('Set aside.', { gone, action: { label: 'Undo', run: () => {} } })
    toasts.say('Stored.')

    let settled = false
    const settling = deletions.settle().then(() => (settled = true))
    expect(gone).toHaveBeenCalledOnce()
    expect(toasts.list.map((it) => it.text)).toEqual(['Stored.'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(settled).toBe(false)
    answer()
    await settling
  })

  test('does not keep a caller who wants to leave for long', async () => {
    DELETE.mockImplementationOnce(() => new Promise(() => {}))
    deletions.later(JOBS, '3', 'sks owl')

    const settling = deletions.settle()
    await vi.advanceTimersByTimeAsync(3_000)

    await expect(settling).resolves.toBeUndefined()
  })

  test('that another caller cannot see is said', async () => {
    DELETE.mockRejectedValueOnce(Problem.of(404, { title: 'Not found' }))
    deletions.later(JOBS, '1', 'sks owl')
    session.callers++

    await vi.runAllTimersAsync()

    expect(toasts.list.map((it) => it.text)).toEqual(['Not found'])
  })

  test('that fails shows the thing again, and why', async () => {
    DELETE.mockRejectedValueOnce(Problem.of(409, { title: 'In use', detail: 'Another job needs it.' }))
    deletions.later(JOBS, '1', 'sks owl')

    await vi.runAllTimersAsync()

    expect(shown()).toEqual(['1', '2'])
    expect(toasts.list.map((it) => [it.text, it.bad])).toEqual([['In use: Another job needs it.', true]])
  })

  test('whose caller has signed out before it could be sent is not done, and says so', async () => {
    DELETE.mockRejectedValueOnce(new Problem(401, 'signed_out', '', ''))
    deletions.later(JOBS, '1', 'sks owl')

    await vi.advanceTimersByTimeAsync(10_000)

    expect(shown()).toEqual(['1', '2'])
    expect(toasts.list.map((it) => it.text)).toEqual(['sks owl was not deleted, because you signed out.'])
  })

  test('of what another tab has deleted is done', async () => {
    DELETE.mockRejectedValueOnce(Problem.of(404, { title: 'Not found' }))
    deletions.later(JOBS, '1', 'sks owl')

    await vi.runAllTimersAsync()

    expect(toasts.list).toEqual([])
  })
})
