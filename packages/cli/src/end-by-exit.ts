const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/**
 * Ends an interrupted process by `process.exit`, which lets temporary files be removed, unless a command listens to the
 * signal itself.
 */
export function endByExit(): void {
  for (const [name, code] of Object.entries(SIGNALS))
    process.on(name, () => {
      if (process.listenerCount(name) === 1) process.exit(code)
    })
}
