/**
 * Signals within this many milliseconds count once: npx repeats a signal that the terminal has already sent to its
 * whole group.
 */
const ONCE_MS = 500

/**
 * Resolves at the first signal to end, so that work in progress can finish. A second signal, later, ends the process at
 * once.
 */
export function untilEnded(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined
    for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 }))
      process.on(signal, () => {
        if (first !== undefined && performance.now() - first > ONCE_MS) process.exit(code)
        first ??= performance.now()
        resolve()
      })
  })
}
