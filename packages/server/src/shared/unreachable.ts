/** A database or a store that does not answer as expected: reported as 503, with the reason only in the log. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  readonly statusCode = 503

  constructor(what: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
    super(`${what}: ${reason}`)
  }
}
