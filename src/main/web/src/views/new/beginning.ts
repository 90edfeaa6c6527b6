import { api, body, type Schema } from '../../api/client'
import { Problem } from '../../api/problem'
import { keptFile } from '../../lib/files'
import { again } from './again'
import { isWhole, type Box } from './crop'
import { picturesOf, shown, type Picture } from './picture'
import type { Values } from './settings'
import { subject } from './upload'

type Subject = Schema<'Subject'>

/** What a draft begins with. */
export interface Beginning {
  classWord: string
  values: Values
  webhook: string
  cancelAfter: string
  captioned: boolean
  pictures: Picture[]
  subject: Subject | undefined
  /** Whether the subject is the draft's own: not one that was there before. */
  own: boolean
}

/** A picture without its files. Its mask's is kept by its id. */
export type KeptPicture = Omit<Picture, 'file' | 'mask'> & { mask: string | undefined }

/** What is kept of a draft while the page is reloaded. Files that were not uploaded are kept elsewhere. */
export interface Kept extends Omit<Beginning, 'subject' | 'pictures'> {
  subject: string | undefined
  pictures: KeptPicture[]
}

/** What one wants to train again: a subject, or all of a job. */
export interface Given {
  subject: string | undefined
  job: string | undefined
}

/** What is kept in a slot, or else what is given, or else nothing. */
export async function beginning(slot: string, given: Given, signal: AbortSignal): Promise<Beginning> {
  const kept = JSON.parse(sessionStorage.getItem(slot) ?? '{}') as Partial<Kept>
  if (kept.pictures) return resumed(kept as Kept, signal)
  const job = given.job && (await body(api.GET('/v1/jobs/{id}', { params: { path: { id: given.job } }, signal })))
  const id = job ? job.subject_id : given.subject
  const stored = id ? await subject(id, signal) : undefined
  const plainly = {
    classWord: stored?.class_word ?? '', values: {}, webhook: '', cancelAfter: '', captioned: Boolean(stored?.captions?.length),
    pictures: stored ? picturesOf(stored) : [], subject: stored, own: false,
  }
  if (!job || !stored) return plainly
  const boxes = (job.spec?.training?.crop_boxes ?? []) as Box[]
  const pictures = plainly.pictures.map((it, i) => ({ ...it, box: isWhole(boxes[i]) ? undefined : boxes[i] }))
  return { ...plainly, pictures, ...(await again(job, stored, signal)) }
}

async function resumed(kept: Kept, signal: AbortSignal): Promise<Beginning> {
  // It may have been deleted since.
  const stored = kept.subject
    ? await subject(kept.subject, signal).catch((thrown: unknown) => {
      if (Problem.from(thrown).status === 404) return undefined
      throw thrown
    })
    : undefined
  const pictures = await Promise.all(kept.pictures.map(async (it) => {
    const data = it.at === undefined ? await keptFile(it.id) : undefined
    const { mask: id } = it
    const mask = id === undefined ? undefined : await keptFile(id)
    const there = data ?? it.url ?? (stored && it.at)
    return there === undefined ? [] : [{ ...it, file: data && shown(data), mask: id === undefined || !mask ? undefined : { id, ...shown(mask) } }]
  }))
  return { ...kept, subject: stored, pictures: pictures.flat() }
}
