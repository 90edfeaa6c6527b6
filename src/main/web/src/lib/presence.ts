import { onDestroy } from 'svelte'

/** Whether the component that asks is still shown. An answer may come when its user is elsewhere. */
export function createPresence(): () => boolean {
  let there = true
  onDestroy(() => (there = false))
  return () => there
}
