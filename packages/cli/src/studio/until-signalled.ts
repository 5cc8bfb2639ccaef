const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Waits for an interrupt. */
export function untilSignalled(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const name of SIGNALS) process.off(name, end)
      resolve()
    }
    for (const name of SIGNALS) process.on(name, end)
  })
}
