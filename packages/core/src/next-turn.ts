interface Immediate {
  readonly setImmediate?: (run: () => void) => unknown
}

/**
 * Lets waiting events run. Browsers hold every further timer back for 4 ms, even one of 0 ms, which a run of short
 * epochs would notice: a message to oneself is not.
 */
export function nextTurn(): Promise<void> {
  const { setImmediate } = globalThis as Immediate
  return new Promise((resolve) => {
    if (setImmediate) setImmediate(resolve)
    else {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(port1.close())
      port2.postMessage(0)
    }
  })
}

/** Time after which work yields to the event loop: one frame of a screen. */
const BREATH_MS = 16

/** Yields to the event loop if it has not run for a while: work on this thread that never waits for anything. */
export function breather(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < BREATH_MS) return
    await nextTurn()
    last = performance.now()
  }
}
