import type { Schema } from '../api/client'

type Job = Schema<'Job'>

/** Whether a job or another task can still change by itself. */
export function isFinal(task: { status?: Schema<'TaskStatus'> }): boolean {
  return task.status === 'succeeded' || task.status === 'failed' || task.status === 'canceled'
}

/** Whether a method trains an adapter, whose scales can be chosen. */
export const hasAdapter = (method: string | undefined) => method === 'dreambooth_lora' || method === 'pivotal_tuning'

/** Whether a method trains the embeddings of a word. */
const hasWord = (method: string | undefined) => !!method?.endsWith('textual_inversion') || method === 'pivotal_tuning'

/** What stands for the subject in prompts, such as "sks owl". */
export function subjectOf(job: Job): string {
  const { identifier = '', class_word = '', spec } = job
  if (!hasWord(spec?.method)) return `${identifier} ${class_word}`
  const token = identifier.startsWith('<') ? identifier : `<${identifier}>`
  return spec?.textual_inversion?.class_word_in_prompt ? `${token} ${class_word}` : token
}

/** Up to four images that show what a job is about: its results, or else its newest previews. */
export function cover(job: Job): Schema<'Image'>[] {
  const images = job.images ?? []
  const results = images.filter((it) => it.role === 'result')
  const shown = results.length ? results : images.filter((it) => it.role === 'preview').reverse()
  return shown.length >= 4 ? shown.slice(0, 4) : shown.slice(0, 1)
}
