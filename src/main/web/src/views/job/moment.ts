import type { Schema } from '../../api/client'
import { isFinal } from '../../lib/jobs'
import { i18n, type Texts } from '../../texts'
import { PHASES, type Phase } from './course'
import type { Live } from './live.svelte'

type Job = Schema<'Job'>

/** Where a job is, in numbers and words. */
export interface Moment {
  /** The current phase, or the last one of a job that has ended or waits again. */
  phase: Phase | undefined
  running: boolean
  /** Of the phase; the total is 0 while it is unknown. */
  step: number
  total: number
  /** Seconds until the job ends; undefined if unknown. */
  left: number | undefined
  /** What it does, in words that change with the phase only. */
  headline: string
  documentTitle: string
}

/** Events are newer than the answer about the job, but may not arrive. */
export function momentOf(job: Job, { connection, course }: Live, texts: Texts): Moment {
  const running = job.status === 'starting' || job.status === 'processing'
  const followed = connection === 'open' && course.phase !== undefined
  const phase = (followed ? course.phase : job.phase) ?? course.phase
  const { step = 0, total = 0 } = (followed ? course.progress : job.progress) ?? {}
  const left = (followed ? course.left : job.progress?.eta_seconds) ?? undefined
  const headline = headlineOf(job, running ? phase : undefined, texts)
  const percent = running && phase === 'training' && total > 0 ? i18n.number(step / total, { style: 'percent' }) : undefined
  return {
    phase, running, step, total, left, headline,
    documentTitle: texts.live.documentTitle(percent ?? headline, job.class_word ?? ''),
  }
}

function headlineOf(job: Job, phase: Phase | undefined, { job: texts, live }: Texts): string {
  if (phase) return texts.phase[phase]
  if (job.status !== 'queued') return texts.status[job.status ?? 'queued']
  if (job.started_at) return live.waitingAgain
  return job.queue_position ? texts.position(job.queue_position) : live.waiting
}

export type PhaseState = 'done' | 'now' | 'next' | 'broken'

/** The phases of a job, each with its state. */
export function phasesOf(job: Job, { phase, running }: Moment): { phase: Phase; state: PhaseState }[] {
  const at = phase ? PHASES.indexOf(phase) : -1
  return PHASES.map((it, i) => ({ phase: it, state: job.status === 'succeeded' || i < at ? 'done' : stateAt(i, at, running, isFinal(job)) }))
}

function stateAt(i: number, at: number, running: boolean, final: boolean): PhaseState {
  if (i > at) return 'next'
  if (final) return 'broken'
  return running ? 'now' : 'next'
}
