/** The message for a bug in som: no stack trace unless SOM_DEBUG is set. */
export function describeCrash(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const message = error instanceof Error ? error.message : String(error)
  if (process.env.SOM_DEBUG) return `${stack}\n`
  return `error: ${message}\nThis is a bug in som. Run it again with SOM_DEBUG=1 to see where, and please report it.\n`
}
