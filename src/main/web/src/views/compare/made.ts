import type { Schema } from '../../api/client'
import type { Problem } from '../../api/problem'
import { samePrompt, type Row } from './rows'

type Job = Schema<'Job'>
type Generation = Schema<'Generation'>

/** What jobs that are compared have in common when they make images. */
export type Shared = Pick<
  Schema<'GenerationForm'>,
  'prompts' | 'negative_prompt' | 'images_per_prompt' | 'seed' | 'sampler' | 'steps' | 'guidance' | 'guidance_interval' | 'eta'
  | 'clip_skip' | 'prompt_weighting'
>

/** What was sent last to each job, and why some of them refused it. */
export interface Sent {
  form: Shared
  refusals: ReadonlyMap<string, Problem>
}

/** Images that jobs have made with the same prompts and settings. */
export interface Made {
  key: string
  form: Shared
  /** One for each job. */
  cells: { generation: Generation | undefined; refusal: Problem | undefined }[]
  rows: Row[]
}

/**
 * Generations of the jobs' results, side by side. What only one job has made is left out, unless it was sent to all.
 *
 * @param generations of each job, newest first
 */
export function madeOf(jobs: Job[], generations: Generation[][], sent: Sent | undefined): Made[] {
  const sets = new Map<string, { form: Shared; at: string; its: (Generation | undefined)[] }>()
  const set = (form: Shared) => {
    const key = keyOf(form)
    const found = sets.get(key) ?? { form, at: '', its: jobs.map(() => undefined) }
    sets.set(key, found)
    return found
  }
  if (sent) set(sent.form)
  for (const [column, job] of jobs.entries()) {
    for (const it of generations[column] ?? []) {
      if (!isOfResult(it, job)) continue
      const of = set(sharedOf(it, job))
      of.its[column] ??= it
      of.at = [of.at, it.created_at ?? ''].sort().at(-1) ?? ''
    }
  }
  const last = sent && keyOf(sent.form)
  return [...sets]
    .filter(([key, { its }]) => key === last || its.filter(Boolean).length > 1)
    .sort(([a, of], [b, other]) => Number(b === last) - Number(a === last) || other.at.localeCompare(of.at))
    .map(([key, { form, its }]) => ({
      key,
      form,
      cells: its.map((generation, i) => ({
        generation,
        refusal: key === last ? sent?.refusals.get(jobs[i]?.id ?? '') : undefined,
      })),
      rows: rowsOf(form, its),
    }))
}

/** Whether the job would make the same again: with the weights of its result alone. */
function isOfResult({ checkpoint_step, adapters }: Generation, job: Job): boolean {
  return !adapters?.length && (checkpoint_step == null || checkpoint_step === job.checkpoint?.step)
}

function sharedOf({ spec = {} }: Generation, job: Job): Shared {
  const { prompts = [], images_per_prompt = 1, seed = 0 } = spec
  return { ...settingsOf(spec), prompts: prompts.map((it) => samePrompt(it, job)), images_per_prompt, seed }
}

/** What all have in common but their prompts. All of it is said, so that no job takes its own. */
export function settingsOf(
  { negative_prompt = '', images_per_prompt, seed, sampler, steps, guidance, guidance_interval = [], eta = 0, ...encoding }: Schema<'Sampling'>,
): Omit<Shared, 'prompts'> {
  const { clip_skip, prompt_weighting } = encoding
  return {
    negative_prompt, images_per_prompt, seed, sampler, steps, guidance, guidance_interval, eta,
    clip_skip: clip_skip ?? 0, prompt_weighting: prompt_weighting ?? 'a1111',
  } as Omit<Shared, 'prompts'>
}

function keyOf({ prompts, negative_prompt, images_per_prompt, seed, sampler, steps, guidance, guidance_interval, eta, ...encoding }: Shared): string {
  return JSON.stringify([
    encoding.clip_skip ?? 0, encoding.prompt_weighting ?? 'a1111',
    prompts, negative_prompt, images_per_prompt, seed, sampler, steps, guidance, guidance_interval,
    // Other samplers have no use for it.
    sampler === 'ddim' ? eta : 0,
  ])
}

/** A row for each image of a generation, whether it is there or not. */
function rowsOf({ prompts = [], images_per_prompt = 1, seed }: Shared, generations: (Generation | undefined)[]): Row[] {
  return prompts.flatMap((prompt, p) => Array.from({ length: images_per_prompt }, (_, n) => {
    const position = p * images_per_prompt + n
    return {
      prompt,
      seed: (seed ?? 0) + position,
      cells: generations.map((of) => of?.images?.find((it) => it.position === position)),
    }
  }))
}
