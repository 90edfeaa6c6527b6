import { i18n } from '../../texts'
import type { Entry, Interruption, Stop } from './course'

/** An entry of the log as a sentence. Log lines of the service stay as they are. */
export function sentence(entry: Entry): string {
  const { live: t, job } = i18n.texts
  switch (entry.kind) {
    case 'start':
      return t.started
    case 'stopped':
      return `${stopText(entry)} ${t.resumes}`
    case 'resumed':
      return resumedText(entry.from)
    case 'again':
      return t.again
    case 'phase':
      return t.phaseBegins(job.phase[entry.phase])
    case 'images':
      return imagesText(entry)
    case 'log':
      return entry.message
    case 'completed':
      return job.status[entry.status]
  }
}

export function interruptionText(it: Interruption): string {
  return `${stopText(it)} ${it.resumed === undefined ? i18n.texts.live.resumes : resumedText(it.resumed)}`
}

function stopText({ phase, step }: Stop): string {
  const { live: t, job } = i18n.texts
  if (step !== undefined) return t.stopped(t.stoppedAtStep(i18n.number(step)))
  return t.stopped(phase ? t.stoppedInPhase(job.phase[phase]) : t.stoppedBefore)
}

function resumedText(from: number): string {
  const t = i18n.texts.live
  return from === 0 ? t.restarted : t.resumed(i18n.number(from))
}

function imagesText({ role, step, count }: Extract<Entry, { kind: 'images' }>): string {
  const t = i18n.texts.live.images
  switch (role) {
    case 'result':
      return t.result(count)
    case 'preview':
      return t.preview(count, i18n.number(step))
    case 'contact_sheet':
      return t.contact_sheet
    default:
      return t.scoring(count, i18n.number(step))
  }
}
