import type { Schema } from '../api/client'

/** Names of samplers, as papers and other programs have them. They are the same in every language. */
export const SAMPLERS: Record<Schema<'Sampler'>, string> = {
  ddim: 'DDIM',
  pndm: 'PNDM',
  ddpm: 'DDPM',
  euler: 'Euler',
  euler_karras: 'Euler Karras',
  euler_ancestral: 'Euler a',
  dpmpp_2m: 'DPM++ 2M',
  dpmpp_2m_karras: 'DPM++ 2M Karras',
  dpmpp_2m_sde_karras: 'DPM++ 2M SDE Karras',
  unipc: 'UniPC',
  lms: 'LMS',
  heun: 'Heun',
}

/** The name of a sampler that a newer service may have. */
export function samplerName(sampler: string | undefined): string {
  return SAMPLERS[sampler as Schema<'Sampler'>] ?? sampler ?? ''
}
