import type { Schema } from '../../api/client'
import { grouped } from '../../lib/group'
import { METRIC_NAMES, type Metric } from '../../lib/metrics'

type Score = Schema<'Score'>

/** A score of the result, with what it is compared to. */
export interface Judged {
  metric: Metric
  score: Score
  /** The same of the untrained model. */
  untrained: number | undefined
  /** Steps and scores of the checkpoints, 0 first. */
  curve: { steps: number[]; scores: Score[] }
}

/** Scores of a step's images over all prompts, one for each metric that there is: of the raw weights beside an average, if they are the result. */
export function judged(scores: Score[], step: number, raw = false): Judged[] {
  const others = (it: Score) => (it.step ? it.images === (raw ? 'checkpoint' : 'raw_checkpoint') : false)
  const overall = scores.filter((it) => it.subset === 'overall' && !others(it))
  const checkpoints = overall.filter((it) => it.images !== 'results')
  return METRIC_NAMES.flatMap((metric) => {
    const curve = checkpoints.filter((it) => it.metric === metric).sort((a, b) => (a.step ?? 0) - (b.step ?? 0))
    const score = curve.find((it) => it.step === step) ?? overall.find((it) => it.metric === metric && it.step === step)
    if (!score) return []
    const untrained = curve.find((it) => it.step === 0)?.value ?? undefined
    return [{ metric, score, untrained, curve: { steps: curve.map((it) => it.step ?? 0), scores: curve } }]
  })
}

/** Rows of a table of scores, one for each step or prompt. */
export function rowsOf<K>(scores: Score[], key: (score: Score) => K): { key: K; scores: Partial<Record<Metric, Score>> }[] {
  return [...grouped(scores, key)].map(([of, its]) => ({ key: of, scores: Object.fromEntries(its.map((it) => [it.metric, it])) }))
}
