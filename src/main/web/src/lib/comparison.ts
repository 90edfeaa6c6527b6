import type { Better } from './metrics'

/** How many jobs can be compared side by side. */
export const FEWEST = 2
export const MOST = 4

/** The positions of the best values. None if there is nothing to choose between. */
export function bestOf(values: readonly (number | null | undefined)[], better: Better = 'higher'): ReadonlySet<number> {
  const known = values.filter((it): it is number => it != null)
  const rank = (it: number) => (better === 'lower' ? -it : better === 'zero' ? -Math.abs(it) : it)
  const best = Math.max(...known.map(rank))
  return known.every((it) => rank(it) === best) ? new Set() : new Set(values.flatMap((it, i) => (it != null && rank(it) === best ? [i] : [])))
}
