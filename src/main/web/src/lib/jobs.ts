import type { Schema } from '../api/client'

type Job = Schema<'Job'>

/** Whether a job can still change by itself. */
export function isFinal(job: Job): boolean {
  return job.status === 'succeeded' || job.status === 'failed' || job.status === 'canceled'
}

/** Up to four images that show what a job is about: its results, or else its newest previews. */
export function cover(job: Job): Schema<'Image'>[] {
  const images = job.images ?? []
  const results = images.filter((it) => it.role === 'result')
  const shown = results.length ? results : images.filter((it) => it.role === 'preview').reverse()
  return shown.length >= 4 ? shown.slice(0, 4) : shown.slice(0, 1)
}
