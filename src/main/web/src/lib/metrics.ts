import type { Schema } from '../api/client'

export type Metric = Schema<'ScoreMetric'>

/** What a better value is: higher, lower, as high as that of the real pictures, or close to zero. */
export type Better = 'higher' | 'lower' | 'reference' | 'zero'

/** The metrics of scores, in the order in which they are read. */
export const METRICS: Record<Metric, Better> = {
  clip_i: 'reference',
  dino: 'reference',
  detail: 'reference',
  clip_t_margin: 'higher',
  clip_t: 'higher',
  colour_shift: 'zero',
  pres: 'lower',
  div: 'higher',
}
export const METRIC_NAMES = Object.keys(METRICS) as Metric[]
