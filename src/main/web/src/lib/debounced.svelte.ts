/** A value that follows another one after it has stood still for a while. For values that cost a request. */
export function debounced<T>(value: () => T, ms = 400): { readonly current: T } {
  let current = $state.raw(value())
  $effect(() => {
    const next = value()
    const timer = setTimeout(() => (current = next), ms)
    return () => clearTimeout(timer)
  })
  return {
    get current() {
      return current
    },
  }
}
