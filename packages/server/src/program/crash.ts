/** What is said when we are wrong: no stack trace unless it is asked for. */
export function describeCrash(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const message = error instanceof Error ? error.message : String(error)
  if (process.env.SOM_DEBUG) return `${stack}\n`
  return `error: ${message}\nThis is a fault of som's own. Run it again with SOM_DEBUG=1 to see where, and report it.\n`
}
