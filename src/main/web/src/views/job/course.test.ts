import { describe, expect, test } from 'vitest'
import type { JobEvent } from '../../api/events'
import { Course } from './course'

type Kind = JobEvent['kind']

/** A course of events, one a second, numbered from 1. */
class Told {
  readonly course = new Course()
  readonly events: JobEvent[] = []

  tell(kind: Kind, data: object): this {
    const id = this.events.length + 1
    const event = { id, kind, at: id * 1000, data } as JobEvent
    this.events.push(event)
    this.course.add(event)
    return this
  }

  train(done: number, total = 400): this {
    return this.tell('progress', { phase: 'training', step: 0, total: 0 }).tell('progress', { phase: 'training', step: done, total })
  }

  step(step: number, loss: number | string = 1 / step, total = 400): this {
    return this.tell('metric', { step, loss }).tell('progress', { phase: 'training', step, total, eta_seconds: total - step })
  }

  get kinds(): string[] {
    return this.course.entries.map((it) => it.kind)
  }
}

describe('the course of a job', () => {
  test('has the losses by step', () => {
    const { course } = new Told().tell('start', { attempt: 1 }).train(0).step(1).step(3, 'NaN').step(4)

    expect(course.curve.steps).toEqual([1, 3, 4])
    expect(course.curve.losses).toEqual([1, null, 0.25])
    expect(course.curve.smooth).toEqual([1, 1, 0.925])
    expect([course.phase, course.progress, course.left]).toEqual(['training', { step: 4, total: 400 }, 396])
  })

  test('counts an event that comes twice once', () => {
    const told = new Told().tell('start', { attempt: 1 }).tell('log', { message: 'a line' }).train(0).step(1)
    const before = [told.kinds, told.course.curve]

    expect(told.events.map((it) => told.course.add(it))).not.toContain(true)

    expect([told.kinds, told.course.curve]).toEqual(before)
  })

  test('shows where a worker was lost and where another resumed', () => {
    const told = new Told().tell('start', { attempt: 1 }).train(0).step(100).step(120, 9)
    told.tell('start', { attempt: 2 })
    expect(told.course.interruption).toEqual({ phase: 'training', step: 120, resumed: undefined })
    expect(told.course.phase).toBeUndefined()

    told.train(100).step(101)

    expect(told.course.interruption).toEqual({ phase: 'training', step: 120, resumed: 100 })
    expect(told.course.curve.steps).toEqual([100, 101])
    expect(told.kinds).toEqual(['start', 'phase', 'stopped', 'phase', 'resumed'])
  })

  test('resumes nothing if training was over', () => {
    const told = new Told().tell('start', { attempt: 1 }).train(0).step(400)
    told.tell('progress', { phase: 'sampling', step: 0, total: 0 }).tell('start', { attempt: 2 }).train(400)

    expect(told.course.interruption).toEqual({ phase: 'sampling', step: undefined, resumed: undefined })
    expect(told.course.curve.steps).toEqual([400])
  })

  test('of another checkpoint is no loss of a worker', () => {
    const told = new Told().tell('start', { attempt: 1 }).train(0).step(1).tell('completed', { status: 'succeeded' })
    expect(told.course.complete).toBe(true)

    told.tell('start', { attempt: 2 })

    expect(told.course.complete).toBe(false)
    expect(told.course.interruption).toBeUndefined()
    expect(told.kinds).toEqual(['start', 'phase', 'completed', 'again'])
  })

  test('counts images of the same kind and step together', () => {
    const told = new Told().tell('image', { role: 'preview', step: 50 }).tell('image', { role: 'preview', step: 50 })
    told.tell('image', { role: 'preview', step: 100 })

    expect(told.course.entries).toMatchObject([{ count: 2, step: 50 }, { count: 1, step: 100 }])
  })

  test('has the median speed of this attempt, whatever pauses it has', () => {
    const told = new Told().tell('start', { attempt: 1 }).train(0).step(1).step(2).step(3)
    // Each measurement is followed by its progress, so two seconds lie between two steps.
    expect(told.course.speed).toBe(0.5)
    told.tell('image', { role: 'preview', step: 3 }).tell('image', { role: 'preview', step: 3 }).step(4).step(5)
    expect(told.course.speed).toBe(0.5)

    told.tell('start', { attempt: 2 }).train(3)
    expect(told.course.speed).toBeUndefined()
    told.step(7).step(11)
    expect(told.course.speed).toBe(2)
  })
})
