import type { Issue } from '@som/core'
import type { Problem } from '@som/io'
import type Result from 'true-myth/result'
import { EXIT } from './exit.ts'
import { complain } from './issues.ts'

/** Ends a command: what was given cannot be worked with. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super('refused')
    this.issues = issues
  }
}

/** The value of a Result; ends the command with its issues where it has none. */
export function orRefuse<T>(result: Result<T, Problem | readonly Issue[]>): T {
  if (result.isOk) return result.value
  throw new Refusal('kind' in result.error ? result.error.issues : result.error)
}

/** Runs a command to its exit code, and tells the issues of a refusal. */
export async function untilRefused(work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    complain(error.issues)
    return EXIT.failed
  }
}
