import type { Schema } from '../../api/client'
import { grouped } from '../../lib/group'

type Image = Schema<'Image'>

/** Images of all checkpoints, with prompts as rows and steps as columns. */
export interface Sheet {
  /** Training steps in order. 0 is the untrained model. */
  steps: number[]
  rows: SheetRow[]
}

export interface SheetRow {
  /** As the trained model was asked; the untrained model does not know the identifier. */
  prompt: string
  /** For every step its images, none if they are still to come. */
  cells: Image[][]
}

/** The sheet of a job's images, of raw weights beside an average if asked. Those of one position have the same prompt and seed at every step. */
export function sheetOf(images: Image[], raw = false): Sheet {
  const role = (image: Image) => (raw && step(image) > 0 ? 'raw_evaluation' : 'evaluation')
  const shown = images.filter((it) => it.role === role(it)).sort((a, b) => place(a) - place(b) || step(a) - step(b))
  const steps = [...new Set(shown.map(step))].sort((a, b) => a - b)
  const prompts = new Map(shown.map((it) => [place(it), it.recipe?.prompt ?? '']))
  const rows = [...new Set(prompts.values())].map((prompt) => {
    const row = shown.filter((it) => prompts.get(place(it)) === prompt)
    return { prompt, cells: steps.map((column) => row.filter((it) => step(it) === column)) }
  })
  return { steps, rows }
}

/** The images that the job was asked for, by step and prompt. Those of the chosen step come first, then the later steps. */
export function resultsOf(images: Image[], chosen: number | undefined): { step: number; prompts: [string, Image[]][] }[] {
  const steps = grouped(images.filter((it) => it.role === 'result'), step)
  return [...steps]
    .sort(([a], [b]) => Number(b === chosen) - Number(a === chosen) || b - a)
    .map(([of, its]) => ({ step: of, prompts: [...grouped(its, (it) => it.recipe?.prompt ?? '')] }))
}

function step(image: Image): number {
  return image.step ?? 0
}

function place(image: Image): number {
  return image.position ?? 0
}
