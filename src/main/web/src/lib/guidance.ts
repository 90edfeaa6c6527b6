import { i18n } from '../texts'

/** The scale of guidance, and the noise levels where it acts unless those are all. */
export function guidanceOf({ guidance = 0, guidance_interval: [low, high] = [] }: { guidance?: number; guidance_interval?: number[] }): string {
  const scale = i18n.number(guidance)
  return low === undefined || high === undefined ? scale : `${scale} ${i18n.texts.result.within(i18n.number(low), i18n.number(high))}`
}
