import type { Schema } from '../../api/client'
import { grouped } from '../../lib/group'

type Score = Schema<'Score'>
export type Metric = Schema<'ScoreMetric'>

/** In the order in which they are read. */
export const METRICS = ['clip_i', 'dino', 'clip_t_margin', 'clip_t', 'pres', 'div'] as const satisfies Metric[]

/** A score of the result, with what it is compared to. */
export interface Judged {
  metric: Metric
  score: Score
  /** The same of the untrained model. */
  untrained: number | undefined
  /** Steps and scores of the checkpoints, 0 first. */
  curve: { steps: number[]; scores: Score[] }
  verdict: Verdict | undefined
}

export type Verdict = 'same' | 'close' | 'partly' | 'hardly' | 'kept' | 'real' | 'less' | 'lost' | 'clean' | 'leaks' | 'varied' | 'narrow'

/** Verdicts that mean a weakness. */
export const WEAK: ReadonlySet<Verdict> = new Set<Verdict>(['partly', 'hardly', 'less', 'lost', 'leaks', 'narrow'])

/** Scores of a step's images over all prompts, one for each metric that there is. */
export function judged(scores: Score[], step: number): Judged[] {
  const overall = scores.filter((it) => it.subset === 'overall')
  const checkpoints = overall.filter((it) => it.images === 'checkpoint')
  return METRICS.flatMap((metric) => {
    const curve = checkpoints.filter((it) => it.metric === metric).sort((a, b) => (a.step ?? 0) - (b.step ?? 0))
    const score = curve.find((it) => it.step === step) ?? overall.find((it) => it.metric === metric && it.step === step)
    if (!score) return []
    const untrained = curve.find((it) => it.step === 0)?.value ?? undefined
    return [{
      metric,
      score,
      untrained,
      curve: { steps: curve.map((it) => it.step ?? 0), scores: curve },
      verdict: verdictOf(metric, score, untrained),
    }]
  })
}

/** What a score means, by the thresholds of the service's advice; undefined if it cannot be judged. */
export function verdictOf(metric: Metric, score: Score, untrained: number | undefined): Verdict | undefined {
  const { value } = score
  if (value == null || untrained === undefined) return undefined
  const reference = score.reference ?? undefined
  const [low, high] = score.interval ?? []
  const changed = low == null || high == null || untrained < low || untrained > high
  switch (metric) {
    case 'clip_i':
    case 'dino':
      return likeness(share(value, untrained, reference))
    case 'clip_t':
      if (value >= 0.85 * untrained) return 'kept'
      return reference !== undefined && value >= 0.85 * reference ? 'real' : 'less'
    case 'clip_t_margin':
      if (!changed || untrained <= 0 || value >= 0.85 * untrained) return 'kept'
      return value >= 0.6 * untrained ? 'less' : 'lost'
    case 'pres':
      return changed && (share(value, untrained, reference) ?? 0) >= 0.25 ? 'leaks' : 'clean'
    case 'div':
      return changed && value <= 0.75 * untrained ? 'narrow' : 'varied'
  }
}

/** Share of the way from the untrained model to the real pictures; undefined if that way is too short to judge. */
function share(value: number, untrained: number, reference: number | undefined): number | undefined {
  return reference === undefined || reference - untrained < 0.02 ? undefined : (value - untrained) / (reference - untrained)
}

function likeness(gain: number | undefined): Verdict | undefined {
  if (gain === undefined) return undefined
  if (gain >= 0.9) return 'same'
  if (gain >= 0.75) return 'close'
  return gain >= 0.25 ? 'partly' : 'hardly'
}

/** A table of scores: one row for each step or prompt, one column for each metric that any row has. */
export function tableOf<K extends string | number>(
  scores: Score[], key: (score: Score) => K,
): { metrics: Metric[]; rows: { key: K; scores: (Score | undefined)[] }[] } {
  const metrics = METRICS.filter((metric) => scores.some((it) => it.metric === metric && it.value != null))
  const rows = [...grouped(scores, key)].map(([of, its]) => ({
    key: of,
    scores: metrics.map((metric) => its.find((it) => it.metric === metric)),
  }))
  return { metrics, rows }
}
