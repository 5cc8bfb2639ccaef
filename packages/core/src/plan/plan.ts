import type Result from 'true-myth/result'
import type { Issue } from '../issue.ts'
import { checkRun } from './check-run.ts'
import type { TrainOptions } from './options.ts'
import { planInMemory } from './plan-in-memory.ts'
import type { Plan } from './run-plan.ts'

/**
 * Checks options and decides what they leave open. Never throws: whatever it is given, a plan or every issue at once.
 */
export function plan(options: TrainOptions): Result<Plan, readonly Issue[]> {
  return checkRun(options).andThen(planInMemory)
}
