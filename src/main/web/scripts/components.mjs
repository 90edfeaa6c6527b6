import { readdirSync } from 'node:fs'

/** The paths of all components below `src`, in their order. */
export const components = readdirSync(new URL('../src', import.meta.url), { recursive: true, encoding: 'utf8' })
  .map((it) => it.replaceAll('\\', '/'))
  .filter((it) => it.endsWith('.svelte'))
  .sort()
