/**
 * Calls a function at once, and again when the time is over if it was asked for meanwhile.
 *
 * @param every least time between two calls, in ms
 */
export function throttled(run: () => unknown, every: number): () => void {
  let waiting = false
  let again = false
  return function call() {
    if (waiting) {
      again = true
      return
    }
    waiting = true
    run()
    setTimeout(() => {
      waiting = false
      if (!again) return
      again = false
      call()
    }, every)
  }
}
