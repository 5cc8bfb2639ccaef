/** Milliseconds in which a wish to end is heard once: npx hands on what the terminal has told its whole group already. */
const ONCE_MS = 500

/** Resolves at the first wish to end, so that what has begun may end. Another one, later, ends the process at once. */
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
