/** The first interrupt aborts `signal`; the second ends the process at once. */
export interface Interrupt {
  readonly signal: AbortSignal
  /** The exit code: 128 plus the signal's number. */
  readonly code: number
  /** From here on an interrupted run has something to keep, so the first interrupt only aborts. */
  arm(): void
  release(): void
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

export function listenForInterrupts(onFirst: () => void): Interrupt {
  const controller = new AbortController()
  let armed = false
  let code = 130
  const handlers = Object.entries(SIGNALS).map(([name, exitCode]) => {
    const handler = (): void => {
      code = exitCode
      // process.exit rather than the default, so that temporary files are removed.
      if (!armed || controller.signal.aborted) process.exit(exitCode)
      controller.abort()
      onFirst()
    }
    process.on(name, handler)
    return () => void process.off(name, handler)
  })
  return {
    signal: controller.signal,
    get code() {
      return code
    },
    arm() {
      armed = true
    },
    release() {
      // An interrupted process is about to end. Until then a further interrupt must reach the handlers and their exit
      // code.
      if (controller.signal.aborted) return
      for (const remove of handlers) remove()
    },
  }
}

/** Runs work that has nothing to keep: an interrupt ends the process, and its temporary files are removed. */
export async function untilInterrupted<T>(work: () => Promise<T>): Promise<T> {
  const interrupt = listenForInterrupts(() => {})
  try {
    return await work()
  } finally {
    interrupt.release()
  }
}
