import type { Issue } from '@som/core'
import type { Problem } from '@som/io'
import type Result from 'true-myth/result'
import { EXIT } from '../program/exit.ts'
import { complain } from './issues.ts'

/** Ends a command because its input cannot be used. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super('refused')
    this.issues = issues
  }
}

/** The value of a Result; ends the command with the issues of a failed one. */
export function orRefuse<T>(result: Result<T, Problem | readonly Issue[]>): T {
  if (result.isOk) return result.value
  throw new Refusal('kind' in result.error ? result.error.issues : result.error)
}

/** The message for a failed allocation; null for any other error. */
function outOfMemory(error: unknown): Issue[] | null {
  const lacking = error instanceof RangeError && /allocation failed|Invalid typed array length/.test(error.message)
  return lacking ? [{ path: '', message: 'out of memory; choose fewer units, rows or columns' }] : null
}

/** The message for a card that fails in the middle of work; null for any other error. */
function cardFailure(error: unknown): Issue[] | null {
  const failed = error instanceof Error && error.name === 'CardFailure'
  return failed ? [{ path: '--backend', message: `${error.message}; try --backend auto` }] : null
}

/** Ends the command if there are issues. */
export function refuseAny(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new Refusal(issues)
}

/** Runs a command to its exit code and prints the issues of a refusal. */
export async function untilRefused(work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    const issues = error instanceof Refusal ? error.issues : (outOfMemory(error) ?? cardFailure(error))
    if (issues === null) throw error
    complain(issues)
    return EXIT.failed
  }
}
