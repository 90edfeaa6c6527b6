import type { Schema } from '../../api/client'

type Image = Schema<'Image'>

/** Images of one training step. */
export interface StepImages {
  step: number
  images: Image[]
}

/** How many images of a step are shown. */
const SHOWN = 6

/** What an image shows at every step: the same prompt and seed. */
export function series(image: Image): string {
  return `${image.role}-${image.position}`
}

/**
 * Previews and images that score a step, by step. Step 0 is the untrained model. Of many images, the first of each prompt are
 * shown.
 */
export function byStep(images: Image[]): StepImages[] {
  const steps = new Map<number, Image[]>()
  for (const image of images) {
    if (image.role !== 'preview' && image.role !== 'evaluation') continue
    const step = image.step ?? 0
    steps.set(step, [...(steps.get(step) ?? []), image])
  }
  return [...steps].sort(([a], [b]) => a - b).map(([step, all]) => ({ step, images: few(all.sort(inOrder)) }))
}

function inOrder(a: Image, b: Image): number {
  return (b.role ?? '').localeCompare(a.role ?? '') || (a.position ?? 0) - (b.position ?? 0)
}

function few(images: Image[]): Image[] {
  const prompts = new Set<string>()
  const firsts = images.filter((it) => {
    const prompt = `${it.role} ${it.recipe?.prompt}`
    return !prompts.has(prompt) && prompts.add(prompt)
  })
  const rest = images.filter((it) => !firsts.includes(it))
  const kept = new Set([...firsts, ...rest].slice(0, SHOWN))
  return images.filter((it) => kept.has(it))
}
