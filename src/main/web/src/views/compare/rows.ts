import type { Schema } from '../../api/client'
import { subjectOf } from '../../lib/jobs'
import type { Metric } from '../../lib/metrics'
import { shown, type Shown } from '../result/context'

type Job = Schema<'Job'>
type Image = Schema<'Image'>
type Score = Schema<'Score'>

/** A job with its images of all roles. */
export interface Compared {
  job: Job
  images: Image[]
}

/** Images with the same prompt and seed, one for each job that has it. */
export interface Row {
  /** With `{subject}` for what stands for each job's subject. */
  prompt: string
  seed: number
  cells: (Image | undefined)[]
}

/** An image that can be shown large, and whose it is. */
export interface ComparedPicture extends Shown {
  job: Job
}

/** A row as it is shown. */
export interface PicturedRow extends Omit<Row, 'cells'> {
  key: string
  cells: (ComparedPicture | undefined)[]
}

/** Rows as they are shown. @param set tells rows apart that are made with other settings */
export function pictured(rows: Row[], jobs: Job[], set = ''): PicturedRow[] {
  return rows.map(({ prompt, seed, cells }) => {
    const key = `${set} ${seed} ${prompt}`
    return {
      key,
      prompt,
      seed,
      cells: cells.map((image, i) => {
        const job = jobs[i] ?? {}
        const alt = `${prompt.replaceAll('{subject}', subjectOf(job)).replaceAll('{class}', job.class_word ?? '')}, ${seed}`
        return image && { ...shown(image, alt, { row: key, column: String(i) }), job }
      }),
    }
  })
}

/** Images of the jobs' results, side by side. Rows that more jobs have come first, in the order of the first job. */
export function rowsOf(compared: Compared[]): Row[] {
  const rows = new Map<string, Row>()
  for (const [column, it] of compared.entries()) {
    for (const image of imagesOfResult(it)) {
      const prompt = samePrompt(image.recipe?.prompt ?? '', it.job)
      const seed = image.recipe?.seed ?? 0
      const key = `${seed} ${prompt}`
      const row = rows.get(key) ?? { prompt, seed, cells: compared.map(() => undefined) }
      row.cells[column] ??= image
      rows.set(key, row)
    }
  }
  const filled = (row: Row) => row.cells.filter(Boolean).length
  return [...rows.values()].sort((a, b) => filled(b) - filled(a))
}

/** Those that were asked for, and those that score the same weights: all jobs of a model have prompts for scores in common. */
function imagesOfResult({ job, images }: Compared): Image[] {
  const step = job.checkpoint?.step
  return ['result', 'evaluation'].flatMap((role) =>
    images.filter((it) => it.role === role && (role === 'result' || it.step === step)))
}

/** A prompt of a job with `{subject}`, so that it equals the same prompt of another subject's job. */
export function samePrompt(prompt: string, job: Job): string {
  const subject = subjectOf(job).trim()
  return subject ? prompt.replaceAll(subject, '{subject}') : prompt
}

/** The score of a job's result: of the requested images, or else of those that score its weights. */
export function scoreOf(job: Job, metric: Metric): Score | undefined {
  const overall = job.scores?.filter((it) => it.metric === metric && it.subset === 'overall') ?? []
  return overall.find((it) => it.images === 'results') ?? overall.find((it) => it.step === job.checkpoint?.step)
}

/** Settings that are not the same in all jobs, by their path such as `training.steps`, with each job's value. */
export function differences(jobs: Job[]): { path: string; values: string[] }[] {
  const settings = jobs.map((it) => new Map(leaves(it.spec ?? {})))
  const paths = new Set(settings.flatMap((it) => [...it.keys()]))
  return [...paths]
    .map((path) => ({ path, values: settings.map((it) => it.get(path) ?? '') }))
    .filter(({ values }) => new Set(values).size > 1)
}

function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [[path, typeof value === 'string' ? value : JSON.stringify(value)]]
  }
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path ? `${path}.${name}` : name))
}
