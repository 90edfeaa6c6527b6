import { createContext } from 'svelte'
import type { Schema } from '../../api/client'
import type { LargePicture } from '../../components/LargeView.svelte'
import type { Draft } from './draft.svelte'

/** A picture of the view, and how it was made. */
export interface Shown extends LargePicture {
  /** Undefined for a real picture. */
  image?: Schema<'Image'> | undefined
  /** What was merged for it. */
  adapters?: Schema<'UsedAdapter'>[] | undefined
}

export interface Stage {
  job: Schema<'Job'>
  /** Steps of the checkpoints, whose weights can make images. */
  steps: number[]
  /** What the prompt box holds. */
  draft: Draft
  /** Shows one of some pictures large. The list is read again when it changes. */
  look: (pictures: () => Shown[], id: string) => void
}

export const [stage, setStage] = createContext<Stage>()

/** How the weights that made an image can make another one: whether they are there, and which the request names. */
export function weightsOf({ job, steps }: Stage, step: number | undefined): { kept: boolean; step: number | undefined } {
  const chosen = job.checkpoint?.step
  return step === undefined || step === chosen ? { kept: true, step: undefined } : { kept: steps.includes(step), step }
}

/** @param place row and column in a table, for the arrow keys */
export function shown(image: Schema<'Image'>, alt: string, place: { row?: string; column?: string } = {}): Shown {
  return {
    id: image.id ?? '',
    url: image.url ?? '',
    alt,
    width: image.width,
    height: image.height,
    image,
    ...place,
  }
}
