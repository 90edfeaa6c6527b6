import { i18n } from '../texts'

interface Guidance {
  guidance?: number
  guidance_interval?: number[]
  guidance_rescale?: number | null
}

/** The scale of guidance, the noise levels where it acts unless those are all, and how far it is rescaled. */
export function guidanceOf({ guidance = 0, guidance_interval: [low, high] = [], guidance_rescale }: Guidance): string {
  const { within, rescaled } = i18n.texts.result
  return [
    i18n.number(guidance),
    low === undefined || high === undefined ? '' : within(i18n.number(low), i18n.number(high)),
    guidance_rescale ? rescaled(i18n.number(guidance_rescale)) : '',
  ].filter(Boolean).join(' ')
}
