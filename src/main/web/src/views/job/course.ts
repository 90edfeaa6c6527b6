import type { JobEvent } from '../../api/events'
import type { Schema } from '../../api/client'

export type Phase = NonNullable<Schema<'JobPhase'>>

/** The order in which a job goes through its phases. */
export const PHASES: readonly Phase[] = ['preparing', 'prior_images', 'training', 'sampling', 'evaluating', 'exporting']

/** What has happened to a job, for people. `id` is the number of its first event, `at` its time (ms since 1970). */
export type Entry = { id: number; at: number } & (
  | { kind: 'start' }
  /** The worker was lost, and another continues. */
  | ({ kind: 'stopped' } & Stop)
  | { kind: 'resumed'; from: number }
  /** It runs once more with another checkpoint. */
  | { kind: 'again' }
  | { kind: 'phase'; phase: Phase }
  | { kind: 'images'; role: Schema<'ImageRole'>; step: number; count: number }
  | { kind: 'log'; message: string }
  | { kind: 'completed'; status: Schema<'TaskStatus'> }
)

/** The loss of a training step; null if it is no number. */
interface Point {
  loss: number | null
  at: number
}

/** Where a worker was when it was lost: in a phase if it had begun one, and in training at a step. */
export interface Stop {
  phase: Phase | undefined
  step: number | undefined
}

/** A lost worker, and the step that training was resumed from, if it has been. */
export interface Interruption extends Stop {
  resumed: number | undefined
}

/** How many of the last intervals between measurements count for the speed. */
const INTERVALS = 15

/** Weight of a new value in the smoothed line, for each measurement. */
const SMOOTHING = 0.1

/** The course of a job, from its events. The same event twice counts once. */
export class Course {
  /** The last phase; undefined while no worker has begun one in this attempt. */
  phase: Phase | undefined
  /** Of the phase; the total is 0 while it is unknown. */
  progress = { step: 0, total: 0 }
  /** Seconds until the job ends; undefined if unknown. */
  left: number | undefined
  /** Oldest first. */
  entries: readonly Entry[] = []
  /** The last interruption of this run. */
  interruption: Interruption | undefined
  /** Whether the last event is that the job is final. */
  complete = false
  #last = 0
  /** Training step of this attempt. */
  #trained: number | undefined
  /** When training began in this attempt. */
  #since = 0
  readonly #points = new Map<number, Point>()

  /** @returns whether it is new */
  add(event: JobEvent): boolean {
    if (event.id <= this.#last) return false
    this.#last = event.id
    this.#apply(event)
    return true
  }

  /** Training steps in order, their losses, and the losses smoothed. */
  get curve(): { steps: number[]; losses: (number | null)[]; smooth: (number | null)[] } {
    const sorted = [...this.#points].sort(([a], [b]) => a - b)
    let mean: number | null = null
    return {
      steps: sorted.map(([step]) => step),
      losses: sorted.map(([, it]) => it.loss),
      smooth: sorted.map(([, { loss }]) => {
        if (loss !== null) mean = mean === null ? loss : mean + SMOOTHING * (loss - mean)
        return mean
      }),
    }
  }

  /** Steps per second of training lately, as the median, so that pauses for images do not count; undefined if unknown. */
  get speed(): number | undefined {
    const points = [...this.#points].filter(([, it]) => it.at >= this.#since).slice(-INTERVALS - 1)
    const rates = points
      .slice(1)
      .map(([step, { at }], i) => ((step - (points[i]?.[0] ?? 0)) * 1000) / (at - (points[i]?.[1].at ?? 0)))
      .filter((it) => Number.isFinite(it) && it > 0)
      .sort((a, b) => a - b)
    return rates[Math.floor(rates.length / 2)]
  }

  #apply({ id, at, kind, data }: JobEvent): void {
    switch (kind) {
      case 'start':
        this.#start(id, at, data.attempt)
        break
      case 'progress':
        this.#progress(id, at, data)
        break
      case 'metric':
        if ('loss' in data) this.#points.set(data.step, { loss: typeof data.loss === 'number' ? data.loss : null, at })
        break
      case 'image':
        this.#image(id, at, data)
        break
      case 'log':
        this.#say({ id, at, kind: 'log', message: data.message })
        break
      case 'completed':
        this.#say({ id, at, kind: 'completed', status: data.status })
        this.left = undefined
        break
    }
    this.complete = kind === 'completed'
  }

  #start(id: number, at: number, attempt: number): void {
    if (this.complete) {
      this.#say({ id, at, kind: 'again' })
      this.interruption = undefined
    } else if (attempt > 1) {
      const stop = { phase: this.phase, step: this.phase === 'training' ? this.#trained : undefined }
      this.#say({ id, at, kind: 'stopped', ...stop })
      this.interruption = { ...stop, resumed: undefined }
    } else {
      this.#say({ id, at, kind: 'start' })
    }
    this.phase = undefined
    this.progress = { step: 0, total: 0 }
    this.left = undefined
    this.#trained = undefined
  }

  #progress(id: number, at: number, { phase, step, total, eta_seconds }: Extract<JobEvent, { kind: 'progress' }>['data']): void {
    if (phase && phase !== this.phase) this.#say({ id, at, kind: 'phase', phase })
    this.phase = phase ?? this.phase
    this.progress = { step, total }
    this.left = eta_seconds
    if (phase !== 'training' || total === 0) return
    if (this.#trained === undefined) this.#train(id, at, step, total)
    this.#trained = step
  }

  /** Training begins in this attempt. What an earlier one has computed beyond this step is computed again. */
  #train(id: number, at: number, from: number, total: number): void {
    this.#since = at
    const lost = [...this.#points.keys()].filter((it) => it > from)
    lost.forEach((it) => this.#points.delete(it))
    // Without steps left, nothing is resumed.
    if (!this.interruption || from === total) return
    this.interruption = { ...this.interruption, resumed: from }
    this.#say({ id, at, kind: 'resumed', from })
  }

  #image(id: number, at: number, { role, step }: Extract<JobEvent, { kind: 'image' }>['data']): void {
    const last = this.entries.at(-1)
    if (last?.kind === 'images' && last.role === role && last.step === step) {
      this.entries = [...this.entries.slice(0, -1), { ...last, count: last.count + 1 }]
    } else {
      this.#say({ id, at, kind: 'images', role, step, count: 1 })
    }
  }

  #say(entry: Entry): void {
    this.entries = [...this.entries, entry]
  }
}
