import { api, body, type Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { subjectOf } from '../../lib/jobs'
import type { Beginning } from './beginning'
import { nested, type Value, type Values } from './settings'

/** What every training again says itself, so that another default changes nothing. */
const SAID = ['model', 'method', 'preset', 'base_job_id', 'identifier']

/** All of a job but its pictures, to train it again with changes. */
export async function again(
  job: Schema<'Job'>, subject: Schema<'Subject'>, signal: AbortSignal,
): Promise<Pick<Beginning, 'classWord' | 'values' | 'captioned'>> {
  const values = await settingsOf(job, signal)
  if (values['training.caption_source'] !== 'subject') return { classWord: job.class_word ?? '', values, captioned: false }
  const { 'training.caption_source': _, ...others } = values
  const used = job.captions?.map(({ text = '' }) => text) ?? []
  const same = used.every((it, i) => without(it, subjectOf(job)) === without(subject.captions?.[i]?.text ?? '', job.class_word ?? ''))
  // Captions of the subject that were changed since stay as they are: the training has its own.
  return {
    classWord: job.class_word ?? '',
    values: same ? others : { ...others, 'training.captions': used.map((it) => it.replace(subjectOf(job), '{subject}')) },
    captioned: same,
  }
}

/** A caption without its subject, which the service puts in the place of the class word, or else in front. */
function without(caption: string, name: string): string {
  return caption.replace(name, '').replace(/^[\s,]+/, '').trim()
}

/** The settings of a job that it would not have by itself; all if the service cannot say. What can succeed later is thrown. */
async function settingsOf({ subject_id, class_word, spec }: Schema<'Job'>, signal: AbortSignal): Promise<Values> {
  const all = flat(spec)
  let values: Values = Object.fromEntries(Object.entries(all).filter(([path]) => SAID.includes(path)))
  try {
    // Some defaults follow from other settings, so what is left after the first answer is seen in the second.
    for (let i = 0; i < 2; i++) {
      const request = { subject_id: subject_id ?? null, class_word: class_word ?? null, spec: nested(values) }
      const usual = flat((await body(api.POST('/v1/plans', { body: request, signal }))).spec)
      values = { ...values, ...Object.fromEntries(Object.entries(all).filter(([path, it]) => JSON.stringify(it) !== JSON.stringify(usual[path]))) }
    }
    return values
  } catch (thrown) {
    if (signal.aborted || Problem.from(thrown).temporary) throw thrown
    return all
  }
}

/** The settings by their paths, as the form holds them. */
export function flat(spec: object = {}, within = ''): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(spec).flatMap(([name, it]: [string, unknown]) => {
      if (it == null) return []
      const path = within + name
      // Crop boxes are no setting of the form: its pictures have them.
      if (Array.isArray(it)) return it.some((of) => typeof of === 'object') ? [] : [[path, it.map(String)]]
      if (typeof it === 'object') return Object.entries(flat(it, `${path}.`))
      return [[path, typeof it === 'boolean' ? it : String(it)]]
    }),
  )
}
